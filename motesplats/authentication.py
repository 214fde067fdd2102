"""Tokens for the API that also tell the database whom the request acts for."""

from rest_framework.authentication import TokenAuthentication
from rest_framework.request import Request

from agencies.models import User
from agencies.secrecy import enter, viewer_of


class GuardedTokenAuthentication(TokenAuthentication):
    """`Authorization: Token …`, and the walls of the token's owner."""

    def authenticate(self, request: Request) -> tuple[User, object] | None:
        found = super().authenticate(request)
        if found:
            enter(viewer_of(found[0]))
        return found
