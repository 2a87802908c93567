"""From where a request comes, as far as nobody can say it of themselves."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from werkzeug.wrappers import Request

SHARED_BITS = 64  # of IPv6: what one household or one telephone has to itself (RFC 6177)
EDGE_HEADER = (
    "Fastly-Client-IP"  # by which Firebase Hosting says who asked it (pbojinov/request-ip, issue 37)
)


def client_address(request: Request, edge: Iterable[str]) -> str | None:
    """Who connected to Cloud Run, which writes the last entry of X-Forwarded-For itself; of IPv6 its /64.

    Where that is the edge of Firebase Hosting (`edge`: its networks), whom the edge names; the same header
    from anywhere else is the client's own word and counts for nothing. None: nobody says it.
    """
    last = request.headers.get("X-Forwarded-For", request.remote_addr or "").rpartition(",")[2]
    peer = _address(last)
    if peer is None or not any(peer in ip_network(network) for network in edge):
        return _shared(peer)
    return _shared(_address(request.headers.get(EDGE_HEADER, "")))


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _shared(address: IPv4Address | IPv6Address | None) -> str | None:
    if isinstance(address, IPv6Address):
        return str(ip_network((address, SHARED_BITS), strict=False))
    return None if address is None else str(address)
