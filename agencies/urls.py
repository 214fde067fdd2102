"""Addresses of signing in, of one's own settings, and of a manager's staff."""

from allauth.account.internal.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.generic import TemplateView
from django.views.i18n import set_language

from agencies.second_factor import before_second_factor
from agencies.views import factors, sign_in, staff

# What allauth itself leads to goes by allauth's names.
urlpatterns = [
    path("sign-in/", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-in/", sign_in.SignIn.as_view(), name="account_login"),
    path("sign-in/code/", sign_in.EnterCode.as_view(), name="mfa_authenticate"),
    path("sign-in/at/<slug:provider_id>/", sign_in.to_provider, name="openid_connect_login"),
    path("sign-in/at/<slug:provider_id>/back/", sign_in.from_provider, name="openid_connect_callback"),
    path(
        "sign-in/stopped/",
        login_not_required(TemplateView.as_view(template_name="socialaccount/authentication_error.html")),
        name="socialaccount_login_cancelled",
    ),
    path("sign-out/", login_not_required(LogoutView.as_view()), name="sign-out"),
    path("sign-out/everywhere/", sign_in.sign_out_everywhere, name="sign-out-everywhere"),
    path("password/", sign_in.ChangePassword.as_view(), name="change-password"),
    path("password/<str:uidb64>/<str:token>/", sign_in.ChoosePassword.as_view(), name="choose-password"),
    path("language/", login_not_required(set_language), name="set-language"),
    path("my-sign-in/", before_second_factor(factors.Factors.as_view()), name="mfa_index"),
    path("my-sign-in/", factors.Factors.as_view(), name="mfa_list_webauthn"),
    path("my-sign-in/app/", before_second_factor(factors.AddApp.as_view()), name="mfa_activate_totp"),
    path("my-sign-in/app/remove/", factors.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("my-sign-in/passkey/", before_second_factor(factors.AddPasskey.as_view()), name="mfa_add_webauthn"),
    path("my-sign-in/passkey/<int:pk>/remove/", factors.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("my-sign-in/codes/", factors.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("my-sign-in/codes/new/", factors.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("my-sign-in/again/", before_second_factor(factors.CodeAgain.as_view()), name="mfa_reauthenticate"),
    path(
        "my-sign-in/again/passkey/",
        before_second_factor(factors.PasskeyAgain.as_view()),
        name="mfa_reauthenticate_webauthn",
    ),
    path("my-sign-in/token/", factors.new_token, name="new-token"),
    path("my-sign-in/token/end/", factors.end_token, name="end-token"),
    path("staff/", staff.staff_list, name="staff"),
    path("new-staff/", staff.new_staff, name="new-staff"),
    path("staff/<str:username>/", staff.one_of_staff, name="one-of-staff"),
    path("staff/<str:username>/close/", staff.close, name="close-staff"),
    path("staff/<str:username>/reset/", staff.reset, name="reset-sign-in"),
]
