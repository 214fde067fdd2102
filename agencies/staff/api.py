"""Signs programs in to the API by a user's token."""

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from agencies.models import ApiToken, User
from agencies.staff.credentials import use_token

SCHEMES = {b"bearer", b"token"}


class TokenAuthentication(authentication.TokenAuthentication):
    """`Authorization: Bearer …`, or `Token …` as it was before."""

    keyword = "Bearer"

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The token and its user; None without such a header. Raises AuthenticationFailed."""
        scheme, _space, key = authentication.get_authorization_header(request).strip().partition(b" ")
        if scheme.lower() not in SCHEMES:
            return None
        token = use_token(key.strip().decode("ascii", "replace"), at=timezone.now())
        if token is None:
            raise AuthenticationFailed(_("This token is unknown or has ended."))
        return token.user, token
