"""From where a request comes, as far as nobody can say it of themselves: for limits, and for evidence."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from werkzeug.wrappers import Request

Address = IPv4Address | IPv6Address
SHARED_BITS = 64  # of IPv6: what one household or one telephone has to itself (RFC 6177)
_NETWORK_BITS = {4: 24, 6: 48}  # of an address that evidence keeps: a provider's block, no household
# By which Firebase Hosting says who asked it (pbojinov/request-ip, issue 37). Fastly would keep what a client
# wrote there (Fastly docs, "Fastly-Client-IP"); Hosting writes over it (gamedevpl/www.gamedev.pl, pull
# request 1146: measured).
EDGE_HEADER = "Fastly-Client-IP"


def client_address(request: Request, edge: Iterable[str]) -> str | None:
    """Whom a limit is for; of IPv6 the /64. `edge`: the networks of Hosting. None: nobody says it."""
    address = _client(request, edge)
    if isinstance(address, IPv6Address):
        return str(ip_network((address, SHARED_BITS), strict=False))
    return None if address is None else str(address)


def client_network(request: Request, edge: Iterable[str]) -> str:
    """For the audit and the request log: `192.0.2.7` is `192.0.2.0/24`. Where the edge names nobody, its own
    network; empty where nothing is an address."""
    address = _client(request, edge) or _peer(request)
    return "" if address is None else str(ip_network((address, _NETWORK_BITS[address.version]), strict=False))


def _client(request: Request, edge: Iterable[str]) -> Address | None:
    """Who connected to Cloud Run; where that is the edge, whom the edge names. The same header from anywhere
    else is the client's own word and counts for nothing."""
    peer = _peer(request)
    if peer is None or not any(peer in ip_network(network) for network in edge):
        return peer
    return _address(request.headers.get(EDGE_HEADER, ""))


def _peer(request: Request) -> Address | None:
    """The last entry of X-Forwarded-For, which Cloud Run appends itself to whatever the client wrote there
    (gamedevpl/www.gamedev.pl, pull request 1146: measured)."""
    return _address(request.headers.get("X-Forwarded-For", request.remote_addr or "").rpartition(",")[2])


def _address(text: str) -> Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
