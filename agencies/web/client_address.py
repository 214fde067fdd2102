"""The network address that a request comes from."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The right-most address of X-Forwarded-For that is no proxy of ours; what a client writes itself never counts."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    address = str(request.META.get("REMOTE_ADDR", ""))
    while _is_proxy(address) and hops and _is_address(hops[-1]):
        address = hops.pop()
    return address


def client_network(request: HttpRequest) -> str:
    """The address, or of IPv6 the network of 64 bits that one household or office has."""
    address = client_address(request)
    is_network = _is_address(address) and ip_address(address).version == 6
    return str(ip_network((address, 64), strict=False)) if is_network else address


def _is_proxy(address: str) -> bool:
    networks = map(ip_network, settings.TRUSTED_PROXIES)
    return _is_address(address) and any(ip_address(address) in network for network in networks)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
