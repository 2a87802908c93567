"""Everything of one municipality in open formats: python -m manage.export."""
