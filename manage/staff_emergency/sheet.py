"""The sheet to seal, as a page of HTML that any browser prints."""

from __future__ import annotations

import io
from html import escape
from pathlib import Path
from urllib.parse import quote

from manage.staff_emergency.sealing import Sheet

TEMPLATE = Path(__file__).with_name("sheet.html")
ISSUER = "Alert Online"


def written(sheet: Sheet) -> str:
    """The secret as text and as a QR code of its otpauth address."""
    words = {
        "office": sheet.office,
        "address": sheet.address,
        "email": sheet.email,
        "password": sheet.password,
        "secret": " ".join(sheet.secret[at : at + 4] for at in range(0, len(sheet.secret), 4)),
    }
    page = TEMPLATE.read_text(encoding="utf-8")
    for name, word in words.items():
        page = page.replace(f"{{{{{name}}}}}", escape(word))
    return page.replace("{{qr}}", _qr(sheet))


def _qr(sheet: Sheet) -> str:
    import segno

    label = quote(f"{ISSUER}:{sheet.email}")
    address = f"otpauth://totp/{label}?secret={sheet.secret}&issuer={quote(ISSUER)}"
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", scale=4, border=4, xmldecl=False)
    return drawn.getvalue().decode()
