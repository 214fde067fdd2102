"""Requests whose user has signed in, for the types of staff's views; anonymous ones never get that far."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails
from rest_framework.request import Request

from agencies.models import User


class StaffRequest(HttpRequest):
    """A request of a page, after LoginRequiredMiddleware."""

    user: User
    htmx: HtmxDetails


class ApiRequest(Request):
    """A request of the API, after IsAuthenticated."""

    user: User
