"""How many unknown links and wrong codes may come from one network address; a link's own code closes earlier."""

from django.conf import settings
from django.http import HttpRequest

from agencies.web.client_address import client_network
from agencies.web.limits import count, counted

SCOPE = "wrong-link-address"


def is_limited(request: HttpRequest) -> bool:
    """Whether too much from the request's address was wrong lately."""
    most, _seconds = settings.LIMITS[SCOPE]
    return counted(SCOPE, client_network(request)) >= int(most)


def count_wrong(request: HttpRequest) -> None:
    """Count an unknown link or a wrong code."""
    count(SCOPE, client_network(request), seconds=wait_seconds())


def wait_seconds() -> int:
    """After how many seconds the address may try again."""
    _most, seconds = settings.LIMITS[SCOPE]
    return int(seconds)
