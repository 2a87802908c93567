"""Where a request came from, no closer than its network: for the audit, the request log and limits."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from flask import Request

_BITS = {4: 24, 6: 48}  # of an address that are kept: a provider's block, no household


def network(request: Request) -> str:
    """As Cloud Run heard it: the last address is that of who connected to Google, the one before it is what
    that one says (Firebase Hosting of its client; anybody else whatever they like). Empty where neither is
    an address.
    """
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    told = [shortened(hop) for hop in (hops or [request.remote_addr or ""])[-2:]]
    return " via ".join(one for one in told if one)


def shortened(address: str) -> str:
    """`192.0.2.7` is `192.0.2.0/24`; empty for what is no address."""
    try:
        found: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network((found, _BITS[found.version]), strict=False))
