"""How long caches keep an answer: browsers `max-age`, the CDN `s-maxage`, both in seconds.

A stale answer is given at once while one request fetches the next (RFC 5861), so that a crowd asks the
function once per period and address.
"""

from __future__ import annotations

PERIOD = 10  # seconds until the CDN asks again; how late a correction is seen
FRESH = f"public, max-age=5, s-maxage={PERIOD}, stale-while-revalidate=60"
SLOW = "public, max-age=60, s-maxage=60, stale-while-revalidate=600"  # municipalities: keys, boundaries
MAP = "public, max-age=86400, s-maxage=3600, stale-while-revalidate=604800"  # streets: a few changes a year
STABLE = "public, max-age=86400"
FLEETING = f"public, max-age=0, s-maxage={PERIOD}"  # a typo, or an alert not published yet
NEVER = "no-store"
