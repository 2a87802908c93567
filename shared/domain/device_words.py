"""By which words a person knows their devices: browser and system, of the User-Agent header."""

from __future__ import annotations

# The first that is found counts: each browser names the older ones that it wants to be taken for.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def device_words(user_agent: str) -> str:
    """ "Firefox, Windows"; what is not known is left out, and the version with it."""
    found = (_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent))
    return ", ".join(words for words in found if words)


def _first(known: dict[str, str], text: str) -> str:
    return next((words for sign, words in known.items() if sign in text), "")
