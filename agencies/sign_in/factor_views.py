"""One's own second factors, recovery codes and token."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.base.views import IndexView, ReauthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from rest_framework.authtoken.models import Token

from agencies.sign_in.forms import AppForm, CodeAgainForm, PasskeyForm
from agencies.sign_in.second_factor import has_second_factor, record_second_factor
from agencies.sign_in.views import Answering
from agencies.staff.credentials import make_token, revoke_token


class Factors(IndexView):
    """What one signs in with; the first page of those who have no second factor yet."""

    template_name = "agencies/sign_in/factors.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(**kwargs) | {
            "is_in": has_second_factor(self.request, user),
            "token": Token.objects.filter(user=user).first(),
        }


class Proving(Answering):
    """Whoever adds a factor has shown it."""

    def form_valid(self, form: Form) -> HttpResponse:
        answer = super().form_valid(form)
        record_second_factor(self.request, self.request.user, kind=self.kind)
        return answer


class AddApp(Proving, ActivateTOTPView):
    """Connect an app by its picture or its key."""

    form_class = AppForm
    template_name = "agencies/sign_in/add_app.html"
    kind = "totp"


class RemoveApp(Answering, DeactivateTOTPView):
    """Remove the app, when there is another factor."""

    template_name = "agencies/sign_in/remove_app.html"


class AddPasskey(Proving, AddWebAuthnView):
    """Add a passkey of this device, a phone or a key."""

    form_class = PasskeyForm
    template_name = "agencies/sign_in/add_passkey.html"
    kind = "webauthn"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | kwargs  # the form that was refused


class RemovePasskey(RemoveWebAuthnView):
    """Remove a passkey, when there is another factor."""

    template_name = "agencies/sign_in/remove_passkey.html"


class CodeAgain(Answering, ReauthenticateView):
    """A code once more, before something is changed."""

    form_class = CodeAgainForm
    template_name = "agencies/sign_in/code_again.html"


class PasskeyAgain(Answering, ReauthenticateWebAuthnView):
    """A passkey once more, before something is changed."""

    template_name = "agencies/sign_in/passkey_again.html"


fresh = method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")


@fresh
@method_decorator(never_cache, name="dispatch")
class RecoveryCodes(ViewRecoveryCodesView):
    """The codes for the day the phone is lost."""

    template_name = "agencies/sign_in/recovery_codes.html"


class NewRecoveryCodes(GenerateRecoveryCodesView):
    """Other codes instead; the old ones end."""

    template_name = "agencies/sign_in/new_recovery_codes.html"


@require_POST
@never_cache
@reauthentication_required(app="allauth.mfa")
def new_token(request: HttpRequest) -> HttpResponse:
    """Make a token for the API and show it this once."""
    key = make_token(user=request.user, at=timezone.now())
    return render(request, "agencies/sign_in/token.html", {"key": key})


@require_POST
def end_token(request: HttpRequest) -> HttpResponse:
    """End one's token."""
    revoke_token(user=request.user, by=request.user, at=timezone.now())
    return redirect("mfa_index")
