"""Published alerts and municipalities as Firestore holds them, for tests and benchmarks of who reads them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from google.cloud.firestore import Client, GeoPoint

from shared.domain.covered import plain
from shared.domain.public_alert import PublicAlert, PublicMunicipality


def document(of: PublicAlert) -> dict[str, Any]:
    """`published/{id}` as docs/data.md has it."""
    same = ("terc", "area", "area_name", "thread", "version", "revision", "sent", "expires", "exercise")
    return {
        **{name: getattr(of, name) for name in (*same, "cancelled", "signed", "signature", "key")},
        **{name: getattr(of, name).value for name in ("kind", "state", "category", "severity")},
        **({} if of.covers is None else {"covers": plain(of.covers)}),
        "texts": {language: {"title": text.title, "body": text.body} for language, text in of.texts.items()},
    }


def write(
    client: Client, alerts: Iterable[PublicAlert], municipalities: Iterable[PublicMunicipality] = ()
) -> None:
    for alert in alerts:
        client.document(f"published/{alert.id}").set(document(alert))
    for one in municipalities:
        keys = [{"id": key.id, "key": key.key, "from": key.since, "until": key.until} for key in one.keys]
        center = GeoPoint(*one.center)
        shown = {"name": one.name, "languages": list(one.languages), "center": center, "keys": keys}
        client.document(f"municipalities/{one.terc}").set(shown)
