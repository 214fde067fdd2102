"""Forms of signing in and of staff; their texts are the house's, plain and in the reader's language."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.adapter import get_adapter as get_second_factor_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

CODE_LIVES = 120  # seconds; longer than any code is taken


class SignInForm(LoginForm):
    """Who are you? The refusal does not tell which of the two was wrong."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["login"].label = _("User name")
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def add_prefix(self, field_name: str) -> str:
        """The field is called what browsers and people call it."""
        return super().add_prefix({"login": "username"}.get(field_name, field_name))


class Digits:
    """The field that a code of six digits is typed in."""

    help_text = _("Six digits from your app.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["code"].label = _("Code")
        self.fields["code"].help_text = self.help_text
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}


class Once(Digits):
    """A code of six digits, or a recovery code; whoever looks over a shoulder comes too late."""

    help_text = _("Six digits from your app, or one of your recovery codes.")

    def clean_code(self) -> str:
        code = "".join(super().clean_code().split())
        if not cache.add(f"code:{self.user.pk}:{code}", True, timeout=CODE_LIVES):
            raise get_second_factor_adapter().validation_error("incorrect_code")
        return code


class CodeForm(Once, AuthenticateForm):
    """The second factor when signing in."""


class CodeAgainForm(Once, ReauthenticateForm):
    """The second factor once more, before it is changed."""


class AppForm(Digits, ActivateTOTPForm):
    """The first code of a new app, as proof that it works."""


class PasskeyForm(AddWebAuthnForm):
    """A passkey and what its owner calls it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["name"].label = _("What you call it")
        self.fields["name"].max_length = 60
        self.initial["name"] = ""


class NewPassword:
    """The new password, twice."""

    error_messages = {
        "password_mismatch": _("The two new passwords are not the same."),
        "password_incorrect": _("That is not your present password."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password1"].help_text = _(
            "At least 12 characters. A few words you remember are good."
        )
        self.fields["new_password2"].label = _("New password once more")
        self.fields["new_password2"].help_text = ""


class ChoosePasswordForm(NewPassword, SetPasswordForm):
    """The first password, or another one for whoever has forgotten it."""


class PasswordForm(NewPassword, PasswordChangeForm):
    """The old password once, the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("Present password")
