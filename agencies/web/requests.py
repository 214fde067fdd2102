"""Types of requests whose user is signed in (anonymous ones are refused before the view), and where one comes from."""

from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails
from rest_framework.request import Request

from agencies.models import User


class StaffRequest(HttpRequest):
    """A page's request after LoginRequiredMiddleware."""

    user: User
    htmx: HtmxDetails


class ApiRequest(Request):
    """A request of the API after IsAuthenticated."""

    user: User


def client_address(request: HttpRequest) -> str:
    """The network address that the request came from, as sign-in counts it; of IPv6 the network of 64 bits."""
    address = ip_address(get_adapter(request).get_client_ip(request))
    return str(address if address.version == 4 else ip_network((address, 64), strict=False))
