"""Reading a page as a browser without JavaScript would: by its text and its links."""

from __future__ import annotations

import re
from html import unescape

from flask.testing import FlaskClient


def text_of(html: str) -> str:
    """What is between the tags, on one line."""
    body = re.sub(r"(?s)<(script|svg)\b.*?</\1>", " ", html.partition("<body>")[2])
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def section_html(html: str, name: str) -> str:
    """From the element with this id to the end of its section."""
    return html[html.index(f'id="{name}"') :].partition("</section>")[0]


def section(html: str, name: str) -> str:
    return text_of(f"<body>{section_html(html, name)}")


def read(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return text_of(answer.text)
