"""The accessibility declarations of both sites, of each municipality, in the form that the law asks for.

Act of 4 April 2019 on the digital accessibility of websites of public bodies; the minister's technical
conditions name the ids, by which what monitors the sites finds the parts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, make_response, render_template, request

from functions.public_api.caching import SLOW
from functions.public_api.words import DEFAULT, WARSAW, Words
from shared import wiring
from shared.domain.public_alert import PublicMunicipality
from shared.errors import NotFound
from shared.settings import settings

declarations = Blueprint("declarations", __name__, url_prefix="/accessibility")


@dataclass(frozen=True)
class Site:
    """What is declared of one of the two sites."""

    name: str
    updated: date
    languages: tuple[str, ...]
    style: str
    prepared: date
    reviewed: date


@cache
def sites() -> dict[str, Site]:
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    days = {name: date.fromisoformat(table[name]) for name in ("prepared", "reviewed")}
    return {
        name: Site(name, date.fromisoformat(said["updated"]), tuple(said["languages"]), said["style"], **days)
        for name, said in table["sites"].items()
    }


@declarations.get("/<any(residents, staff):site>")
def choose(site: str) -> Response:
    """The one municipality's, where there is but one."""
    served = wiring.municipalities().served()
    if len(served) == 1:
        return _declared(sites()[site], served[0])
    return _page("declarations.html", sites()[site], served=served)


@declarations.get("/<any(residents, staff):site>/<terc:terc>")
def show(site: str, terc: str) -> Response:
    found = [one for one in wiring.municipalities().served() if one.terc == terc]
    if not found:
        raise NotFound("unknown-address")
    return _declared(sites()[site], found[0])


def _declared(site: Site, municipality: PublicMunicipality) -> Response:
    words = _words(site)
    return _page(
        f"declaration.{words.language}.html",
        site,
        one=municipality,
        contact=municipality.contact,
        home=settings().public_url,
        online_since=online_since(municipality) or site.prepared,
    )


def online_since(municipality: PublicMunicipality) -> date | None:
    """As the office says, else the day of its first key: before it nothing could be published."""
    try:
        return date.fromisoformat(municipality.contact.get("online_since", ""))
    except ValueError:
        days = [key.since.astimezone(WARSAW).date() for key in municipality.keys]
        return min(days, default=None)


def _words(site: Site) -> Words:
    wanted = request.args.get("lang", DEFAULT)
    return Words(wanted if wanted in site.languages else DEFAULT)


def _page(template: str, site: Site, served: Sequence[PublicMunicipality] = (), **values: object) -> Response:
    words = _words(site)
    page = {
        "address": f"{settings().public_url}{request.path}",
        "path": request.path,
        "query": "" if words.language == DEFAULT else f"?lang={words.language}",
        "others": [(one, Words(one)("language")) for one in site.languages],
        "texts": site.languages,
    }
    response = make_response(
        render_template(template, words=words, site=page, declared=site, served=served, **values)
    )
    response.headers["Cache-Control"] = SLOW
    response.headers["Content-Language"] = words.language
    return response
