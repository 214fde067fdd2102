"""Sign in with password and second factor or at an identity provider; change the password; sign out everywhere."""

from collections.abc import Callable
from typing import Any

import structlog
from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView, OAuth2View
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.contrib.auth.views import PasswordChangeView, PasswordResetConfirmView
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic.base import ContextMixin, TemplateResponseMixin
from requests import RequestException

from agencies.models import IdentityProvider, User
from agencies.sign_in.forms import ChoosePasswordForm, CodeForm, PasswordForm, SignInForm
from agencies.sign_in.guesses import TOO_OFTEN
from agencies.sign_in.openid import StrictAdapter, Untrusted
from agencies.staff.credentials import end_sessions
from agencies.unsent_work.keep import kept_for, last_user
from agencies.web.requests import StaffRequest

UNAUTHORIZED, NOT_USABLE, TOO_MANY, BAD_GATEWAY = 401, 422, 429, 502

log = structlog.get_logger(__name__)


class InvalidFormStatus(TemplateResponseMixin, ContextMixin):
    """Renders an invalid form with status 422, or with 429 and Retry-After when the try came too early."""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        errors = [error for errors in form.errors.as_data().values() for error in errors]
        waits = [error.params["wait"] for error in errors if error.code == TOO_OFTEN and error.params]
        response = self.render_to_response(
            self.get_context_data(form=form), status=TOO_MANY if waits else NOT_USABLE
        )
        if waits:
            response.headers["Retry-After"] = str(max(waits))
        return response


class SignIn(InvalidFormStatus, LoginView):
    """The sign-in page; whoever is signed in already is redirected to the start page."""

    form_class = SignInForm
    template_name = "agencies/sign_in/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        providers = IdentityProvider.objects.select_related("agency").filter(is_on=True)
        work = kept_for(self.request, user=last_user(self.request), at=timezone.now())
        return super().get_context_data(**kwargs) | {"providers": providers, "keeps_work": bool(work)}


class EnterCode(InvalidFormStatus, AuthenticateView):
    """The second step of sign-in: a code or a passkey."""

    form_class = CodeForm
    template_name = "agencies/sign_in/enter_code.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        passkeys = Authenticator.objects.filter(user=self.stage.login.user, type=Authenticator.Type.WEBAUTHN)
        return super().get_context_data(**kwargs) | {"has_passkey": passkeys.exists()}


class ChangePassword(InvalidFormStatus, PasswordChangeView):
    """Change one's password; this session stays open, all others end."""

    form_class = PasswordForm
    template_name = "agencies/sign_in/password.html"
    success_url = reverse_lazy(settings.LOGIN_REDIRECT_URL)

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        messages.success(self.request, _("Your password is changed."))
        return super().form_valid(form)


@method_decorator(login_not_required, name="dispatch")
class ChoosePassword(InvalidFormStatus, PasswordResetConfirmView):
    """Choose a password by the link that a manager has handed over."""

    form_class = ChoosePasswordForm
    template_name = "agencies/sign_in/choose_password.html"
    success_url = reverse_lazy("agencies:sign-in")

    def form_valid(self, form: "SetPasswordForm[User]") -> HttpResponse:
        messages.success(self.request, _("Your password is chosen. Sign in with it."))
        return super().form_valid(form)


@require_POST
def sign_out_everywhere(request: StaffRequest) -> HttpResponse:
    """End all of one's sessions, this one too."""
    end_sessions(user=request.user, by=request.user, at=timezone.now())
    logout(request)
    return redirect("agencies:sign-in")


@login_not_required
def to_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Redirect to the agency's identity provider."""
    return _run_step(OAuth2LoginView, request, provider_id)


@login_not_required
def from_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Sign in whoever comes back from the identity provider."""
    return _run_step(OAuth2CallbackView, request, provider_id)


def _run_step(step: type[OAuth2View], request: HttpRequest, provider_id: str) -> HttpResponse:
    """Allauth's step at this provider; 404 for an unknown one, 401 if it lies, 502 if it does not answer."""
    try:
        view: Callable[[HttpRequest], HttpResponse]
        view = step.adapter_view(StrictAdapter(request, provider_id))  # type: ignore[no-untyped-call]  # allauth does not annotate it
        return view(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except Untrusted as lie:
        log.warning("provider_sign_in_failed", provider=provider_id, reason=str(lie))
        return render(request, "socialaccount/authentication_error.html", status=UNAUTHORIZED)
    except RequestException:
        return render(request, "socialaccount/authentication_error.html", status=BAD_GATEWAY)
