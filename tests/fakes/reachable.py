"""Whom channels can reach, for the index: those with a phone, or everybody."""

from __future__ import annotations

from shared.domain.audience import AudienceEntry


def has_device(entry: AudienceEntry) -> bool:
    return bool(entry.devices)


def anybody(entry: AudienceEntry) -> bool:
    """As where the stub channel is among them."""
    return True
