"""Forms of sign-in: allauth's and Django's, with our labels and messages."""

from contextlib import suppress
from typing import Any

from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter as get_second_factor_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from cryptography.fernet import InvalidToken
from django import forms
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.contrib.sessions.backends.base import SessionBase
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from agencies.secrecy.sealing import secret_cipher
from agencies.sign_in.guesses import code_tries, count_try
from agencies.web.fields import in_latin_digits

APP_SALT = "agencies.sign_in.app"
APP_IN_SESSION = "mfa.totp.secret"  # where allauth keeps it in the session
USED_CODE_KEPT = 120  # seconds; longer than any code of an app is valid
PASSWORD_MESSAGES: dict[str, Any] = {
    "password_mismatch": _("The two new passwords are not the same."),
    "password_incorrect": _("That is not your present password."),
}


class SignInForm(LoginForm):
    """User name and password; the error does not tell which of the two was wrong."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["login"].label = _("User name")
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs |= {
            "autocapitalize": "none",
            "spellcheck": "false",
            "autofocus": True,
        }

    def add_prefix(self, field_name: str) -> str:
        """Call allauth's field `login` `username` in the page, as password managers expect."""
        return super().add_prefix({"login": "username"}.get(field_name, field_name))


class OneTimeCodeForm(BaseAuthenticateForm):
    """A code of six digits or a recovery code; each is accepted once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        _fit_code_field(self.fields["code"])
        self.fields["code"].help_text = _("Six digits from your app, or one of your recovery codes.")

    def clean_code(self) -> str:
        tries = code_tries(user=self.user.pk)
        self.cleaned_data["code"] = _as_shown(self.cleaned_data["code"])
        count_try(tries)
        code = super().clean_code()
        tries.give_back()
        if not cache.add(f"code:{self.user.pk}:{code}", True, timeout=USED_CODE_KEPT):
            raise get_second_factor_adapter().validation_error("incorrect_code")
        return code


class CodeForm(OneTimeCodeForm, AuthenticateForm):
    """The second factor when signing in."""


class CodeAgainForm(OneTimeCodeForm, ReauthenticateForm):
    """The second factor once more, before a change to the sign-in."""


class AppForm(ActivateTOTPForm):
    """The first code of a new app, which proves that the app is set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        session = context.request.session
        _open_secret(session)
        super().__init__(*args, label_suffix="", **kwargs)
        session[APP_IN_SESSION] = secret_cipher(APP_SALT).encrypt(self.secret.encode()).decode()
        _fit_code_field(self.fields["code"])
        self.fields["code"].help_text = _("Six digits from your app.")

    def clean_code(self) -> str:
        self.cleaned_data["code"] = _as_shown(self.cleaned_data["code"])
        return super().clean_code()


def _open_secret(session: SessionBase) -> None:
    """Let allauth find the secret in the session, where it is kept encrypted between requests."""
    if sealed := session.pop(APP_IN_SESSION, ""):
        with suppress(InvalidToken):
            session[APP_IN_SESSION] = secret_cipher(APP_SALT).decrypt(sealed.encode()).decode()


class PasskeyForm(AddWebAuthnForm):
    """A new passkey and the name its owner gives it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["name"].label = _("What you call it")
        self.initial["name"] = ""


class ChoosePasswordForm(SetPasswordForm):
    """A password for a user who has none, or has forgotten it."""

    error_messages = PASSWORD_MESSAGES

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        _label_new_password(self)


class PasswordForm(PasswordChangeForm):
    """The present password, and the new one twice."""

    error_messages = PASSWORD_MESSAGES

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        _label_new_password(self)
        self.fields["old_password"].label = _("Present password")


def _as_shown(code: str) -> str:
    """The code as the app has it: in Latin digits, without blanks."""
    return "".join(in_latin_digits(code).split())


def _fit_code_field(field: forms.Field) -> None:
    field.label = _("Code")
    field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}


def _label_new_password(form: forms.Form) -> None:
    form.fields["new_password1"].label = _("New password")
    form.fields["new_password1"].help_text = _("At least 12 characters. A few words you remember are good.")
    form.fields["new_password2"].label = _("New password once more")
    form.fields["new_password2"].help_text = ""
