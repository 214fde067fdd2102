"""Pages for one's own second factors, recovery codes and API token."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.base.views import IndexView, ReauthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from agencies.models import AccountEvent, ApiToken, CalendarAddress
from agencies.sign_in.forms import AppForm, CodeAgainForm, PasskeyForm
from agencies.sign_in.second_factor import has_second_factor, record_second_factor
from agencies.sign_in.views import InvalidFormStatus
from agencies.staff.credentials import make_token, revoke_token
from agencies.web.requests import StaffRequest

LATEST = 10  # account events


class Factors(IndexView):
    """One's second factors and API token; the only page of those who have no second factor yet."""

    request: StaffRequest
    template_name = "agencies/sign_in/factors.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(**kwargs) | {
            "is_in": has_second_factor(self.request, user),
            "token": ApiToken.objects.filter(user=user).first(),
            "calendar": CalendarAddress.objects.filter(user=user).first(),
            "events": AccountEvent.objects.filter(user=user).select_related("by")[:LATEST],
        }


class AddApp(InvalidFormStatus, ActivateTOTPView):
    """Add an authenticator app by QR code or key; its first code counts as shown."""

    request: StaffRequest
    form_class = AppForm
    template_name = "agencies/sign_in/add_app.html"

    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        record_second_factor(self.request, self.request.user, kind="totp")
        return response


class RemoveApp(InvalidFormStatus, DeactivateTOTPView):
    """Remove the app; refused if it is the only second factor."""

    template_name = "agencies/sign_in/remove_app.html"


class AddPasskey(InvalidFormStatus, AddWebAuthnView):
    """Add a passkey of this device, a phone or a security key; it counts as shown."""

    request: StaffRequest
    form_class = PasskeyForm
    template_name = "agencies/sign_in/add_passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | kwargs  # keeps the invalid form, which allauth replaces

    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        record_second_factor(self.request, self.request.user, kind="webauthn")
        return response


class RemovePasskey(RemoveWebAuthnView):
    """Remove a passkey; refused if it is the only second factor."""

    template_name = "agencies/sign_in/remove_passkey.html"


class CodeAgain(InvalidFormStatus, ReauthenticateView):
    """Ask for a code once more, before a change to the sign-in."""

    form_class = CodeAgainForm
    template_name = "agencies/sign_in/code_again.html"


class PasskeyAgain(InvalidFormStatus, ReauthenticateWebAuthnView):
    """Ask for a passkey once more, before a change to the sign-in."""

    template_name = "agencies/sign_in/passkey_again.html"


fresh_second_factor = method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")


@fresh_second_factor
@method_decorator(never_cache, name="dispatch")
class RecoveryCodes(ViewRecoveryCodesView):
    """Show the unused recovery codes."""

    template_name = "agencies/sign_in/recovery_codes.html"


class NewRecoveryCodes(GenerateRecoveryCodesView):
    """Make new recovery codes; the old ones end."""

    template_name = "agencies/sign_in/new_recovery_codes.html"


@require_POST
@never_cache
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]  # allauth does not annotate it
def new_token(request: StaffRequest) -> HttpResponse:
    """Make an API token and show it once."""
    key = make_token(user=request.user, at=timezone.now())
    return render(request, "agencies/sign_in/token.html", {"key": key})


@require_POST
def end_token(request: StaffRequest) -> HttpResponse:
    """End one's API token."""
    revoke_token(user=request.user, by=request.user, at=timezone.now())
    return redirect("mfa_index")
