"""Types of requests whose user is signed in; middleware and permissions refuse anonymous ones before the view."""

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
