"""Alerts sent while processes are killed and everything around them fails: `make chaos`.

Each run sends one alert through the API on the real local stack and lets a seeded plan of faults loose on it.
Afterwards FCM's record is compared with who lives in the area (nobody missed, nobody outside), with the
ledger (a phone is sent again only within one uncommitted wave per takeover, or where FCM's answer was lost),
and with what a phone shows (one notification per tag).
"""
