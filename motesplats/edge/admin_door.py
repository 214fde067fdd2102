"""The admin answers its staff alone; to everybody else there is nothing at its address."""

from collections.abc import Callable
from ipaddress import ip_address, ip_network
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from agencies.web.client_address import client_address

ADMIN = "/admin/"


class AdminDoorMiddleware:
    """404 for whoever has not signed in as the admin's staff, or comes from elsewhere than ADMIN_NETWORKS."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> None:
        """Close the door; a session without second factor has been led to one before."""
        if request.path.startswith(ADMIN) and not may_enter(request):
            raise Http404


def may_enter(request: HttpRequest) -> bool:
    return request.user.is_active and request.user.is_staff and comes_from_within(request)


def comes_from_within(request: HttpRequest) -> bool:
    """Whether the request comes from one of ADMIN_NETWORKS; without any, from anywhere."""
    if not settings.ADMIN_NETWORKS:
        return True
    address = client_address(request)
    return bool(address) and any(
        ip_address(address) in ip_network(network) for network in settings.ADMIN_NETWORKS
    )
