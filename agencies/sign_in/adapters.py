"""Adapters with which django-allauth signs in our way."""

from secrets import token_urlsafe
from typing import Any, TypeGuard

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from agencies.clock import local
from agencies.models import IdentityProvider, KnownBy, User
from agencies.models.people import Folded
from agencies.secrecy.sealing import seal, unseal
from agencies.sign_in.guesses import count_try, password_tries, remember_device
from agencies.sign_in.openid import StrictProvider, Untrusted, shows_second_factor
from agencies.sign_in.second_factor import has_second_factor, is_fresh, record_second_factor
from agencies.staff.credentials import tell
from agencies.validators import folded
from agencies.web.client_address import client_network

log = structlog.get_logger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up; a second factor when signing in, and again before changes to the sign-in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("User name and password do not belong together. Try again."),
    }

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """The user with this name and password, or None. Raises ValidationError when it is too early for a new try."""
        name, address = folded(credentials["username"]), client_network(request)
        tries = password_tries(request, username=name, address=address)
        count_try(tries)
        user = super().authenticate(request, **credentials)
        if user:
            tries.give_back()
        return user

    def get_login_stages(self) -> list[str]:
        return ["agencies.sign_in.adapters.SecondFactorStage"]

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        return not is_fresh(context.request, at=timezone.now())

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        """The user's second factors; a code comes first, because it works without JavaScript."""
        kinds = set(Authenticator.objects.filter(user=user.pk).values_list("type", flat=True))
        methods: list[dict[str, Any]] = []
        if kinds & {Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES}:
            methods.append({"description": _("Use a code"), "url": reverse("mfa_reauthenticate")})
        if Authenticator.Type.WEBAUTHN in kinds:
            url = reverse("mfa_reauthenticate_webauthn")
            methods.append({"description": _("Use a passkey"), "url": url})
        return methods

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **more: Any) -> HttpResponse:
        """Tell what others have done to the account since the last sign-in."""
        assert isinstance(user, User)
        for event in tell(user=user, at=timezone.now()):
            when = date_format(local(event.at), "DATETIME_FORMAT")
            messages.warning(request, f"{when}, {event.by}: {event.get_kind_display()}.")
        response: HttpResponse = super().post_login(request, user, **more)
        remember_device(response, username=folded(user.username))
        return response

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Drop allauth's messages: our pages have their own."""


class SecondFactorStage(AuthenticateStage):
    """Ask for the second factor, unless the agency's identity provider has."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        self.login.signal_kwargs = None  # else the provider's data would be kept in the session
        return super().handle()

    def _should_handle(self, request: HttpRequest) -> bool:
        user = self.login.user
        return super()._should_handle(request) and user is not None and not has_second_factor(request, user)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are stored encrypted; a user's only second factor cannot be removed."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code is not right, or it has been used. Wait for the next one."),
        "cannot_delete_authenticator": _("This is your only second factor. Add another one first."),
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        factors = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
        return factors.filter(user=authenticator.user_id).exclude(pk=authenticator.pk).exists()

    def get_totp_issuer(self) -> str:
        return "Motesplats"

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return user.get_username()


class ProviderAdapter(DefaultSocialAccountAdapter):
    """An agency's identity provider signs in that agency's staff; it creates no users."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        providers = IdentityProvider.objects.select_related("agency").filter(key=provider or "", is_on=True)
        return [_social_app(row) for row in providers]

    def get_provider(
        self, request: HttpRequest, provider: str, client_id: str | None = None
    ) -> StrictProvider:
        return StrictProvider(request, app=self.get_app(request, provider=provider, client_id=client_id))

    def generate_state_param(self, state: dict[str, Any]) -> str:
        return token_urlsafe(32)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        log.warning("provider_sign_in_failed", provider=provider.app.provider_id, reason=_reason(exception))

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the user by an earlier sign-in or by the claim by which this provider's people are known.

        Raises ImmediateHttpResponse with status 403 unless it is an active user of the provider's agency.
        """
        provider = IdentityProvider.objects.get(key=sociallogin.account.provider)
        claims, is_known = sociallogin.provider.claims, sociallogin.is_existing
        user = sociallogin.user if is_known else _user_by_claim(provider, claims)
        if not (_may_sign_in(user, provider) and sociallogin.state.get("process") == "login"):
            log.warning("provider_sign_in_refused", provider=provider.key)
            raise ImmediateHttpResponse(
                render(request, "socialaccount/authentication_error.html", status=403)
            )
        if not is_known:
            sociallogin.connect(request, user)
        accepted = provider.second_factor_values
        if provider.has_second_factor and shows_second_factor(claims, accepted=accepted):
            record_second_factor(request, user, kind=provider.key)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False


def _may_sign_in(user: AbstractBaseUser | None, provider: IdentityProvider) -> TypeGuard[User]:
    return isinstance(user, User) and user.is_active and user.agency_id == provider.agency_id


def _reason(exception: Exception | None) -> str:
    """What went wrong; of a foreign error its kind only, because its words may hold tokens."""
    return str(exception) if isinstance(exception, Untrusted) else type(exception).__name__


def _social_app(provider: IdentityProvider) -> SocialApp:
    """The provider as allauth's model, with PKCE."""
    wanted = {provider.claim} | ({"email_verified"} if _needs_verified(provider) else set())
    return SocialApp(
        provider="openid_connect",
        provider_id=provider.key,
        name=str(provider.agency),
        client_id=provider.client_id,
        secret=unseal(provider.sealed_secret),
        settings={
            "server_url": provider.issuer,
            "oauth_pkce_enabled": True,
            "scope": sorted({"openid", *provider.scope.split()}),
            "wanted_claims": sorted(wanted),
        },
    )


def _needs_verified(provider: IdentityProvider) -> bool:
    return provider.claim == KnownBy.EMAIL and not provider.email_is_verified


def _user_by_claim(provider: IdentityProvider, claims: dict[str, Any]) -> User | None:
    """The agency's only active user whom the provider's claim names."""
    said = claims.get(provider.claim)
    if not isinstance(said, str) or not said or "\x00" in said:
        return None
    if _needs_verified(provider) and claims.get("email_verified") not in (True, "true"):
        return None
    staff = User.objects.filter(agency=provider.agency_id, is_active=True)
    if provider.claim == KnownBy.EMAIL:
        found = staff.filter(email__iexact=said)
    else:
        found = staff.annotate(folded=Folded("known_as")).filter(folded=Folded(Value(said)))
    return found.first() if found.count() == 1 else None
