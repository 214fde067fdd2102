"""Addresses that a gateway or a mail system posts to without a sign-in, because a secret stands in them."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt

from agencies.web.limits import require_within_address
from agencies.web.problems import no_such_address

View = Callable[[HttpRequest], HttpResponse]


def at_secret_address(setting: str) -> Callable[[View], Callable[[HttpRequest, str], HttpResponse]]:
    """Let the view take what is posted to the address with the secret of that setting; otherwise 404.

    Wrong secrets are counted by where they come from. While the setting is empty there is no such address.
    """

    def decorate(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
        @csrf_exempt  # the address itself is the secret
        @login_not_required
        @wraps(view)
        def receive(request: HttpRequest, secret: str) -> HttpResponse:
            known = getattr(settings, setting)
            if request.method != "POST":
                return no_such_address(request)
            if not known or not constant_time_compare(secret, known):
                require_within_address("wrong-token", request)
                return no_such_address(request)
            return view(request)

        return receive

    return decorate
