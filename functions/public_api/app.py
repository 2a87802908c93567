"""The Flask application of the public pages."""

from __future__ import annotations

from flask import Flask


def create_app() -> Flask:
    return Flask("public_api", static_folder=None)
