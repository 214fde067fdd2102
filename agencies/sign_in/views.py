"""Sign in with password and second factor, or at one's agency; change one's password; sign out everywhere."""

from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import PasswordChangeView, PasswordResetConfirmView
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from requests import RequestException

from agencies.models import IdentityProvider
from agencies.sign_in.forms import ChoosePasswordForm, CodeForm, PasswordForm, SignInForm
from agencies.staff.credentials import end_sessions

NOT_USABLE, TOO_MANY, BAD_GATEWAY = 422, 429, 502


class Answering:
    """A form that is refused comes back with 422 and all that was typed but the passwords; 429 after too many."""

    def form_invalid(self, form: Form) -> HttpResponse:
        codes = {error.code for errors in form.errors.as_data().values() for error in errors}
        status = TOO_MANY if codes & {"too_many_login_attempts", "rate_limited"} else NOT_USABLE
        return self.render_to_response(self.get_context_data(form=form), status=status)


class SignIn(Answering, LoginView):
    """The first page; whoever is signed in already goes on to the day."""

    form_class = SignInForm
    template_name = "agencies/sign_in/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        providers = IdentityProvider.objects.select_related("agency")
        return super().get_context_data(**kwargs) | {"providers": providers}


class EnterCode(Answering, AuthenticateView):
    """The second step: a code or a passkey."""

    form_class = CodeForm
    template_name = "agencies/sign_in/enter_code.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        passkeys = Authenticator.objects.filter(user=self.stage.login.user, type=Authenticator.Type.WEBAUTHN)
        return super().get_context_data(**kwargs) | {"has_passkey": passkeys.exists()}


class ChangePassword(Answering, PasswordChangeView):
    """A new password; the present session stays open, all others end."""

    form_class = PasswordForm
    template_name = "agencies/sign_in/password.html"
    success_url = reverse_lazy(settings.LOGIN_REDIRECT_URL)

    def form_valid(self, form: Form) -> HttpResponse:
        messages.success(self.request, _("Your password is changed."))
        return super().form_valid(form)


@method_decorator(login_not_required, name="dispatch")
class ChoosePassword(Answering, PasswordResetConfirmView):
    """Where a manager's link leads: a first password, or another one."""

    form_class = ChoosePasswordForm
    template_name = "agencies/sign_in/choose_password.html"
    success_url = reverse_lazy("agencies:sign-in")

    def form_valid(self, form: Form) -> HttpResponse:
        messages.success(self.request, _("Your password is chosen. Sign in with it."))
        return super().form_valid(form)


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of one's own, this one too."""
    end_sessions(user=request.user, by=request.user, at=timezone.now())
    logout(request)
    return redirect("agencies:sign-in")


class SignedOnly(OpenIDConnectOAuth2Adapter):
    """A provider is believed in what it has signed, however the token came here."""

    @property
    def did_fetch_access_token(self) -> bool:
        return False

    @did_fetch_access_token.setter
    def did_fetch_access_token(self, value: bool) -> None:
        """Fetched or not, the signature is looked at."""


@login_not_required
def to_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On to the agency's own provider."""
    return _at_provider(OAuth2LoginView, request, provider_id)


@login_not_required
def from_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from there."""
    return _at_provider(OAuth2CallbackView, request, provider_id)


def _at_provider(step: type, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        return step.adapter_view(SignedOnly(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except RequestException:
        return render(request, "socialaccount/authentication_error.html", status=BAD_GATEWAY)
