"""Types of requests whose user is signed in (anonymous ones are refused before the view), and where one comes from."""

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
