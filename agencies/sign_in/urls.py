"""URLs that django-allauth reverses by its own names, hence without a namespace."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import TemplateView

from agencies.sign_in import factor_views, views
from agencies.sign_in.second_factor import before_second_factor

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path("sign-in/code/", views.EnterCode.as_view(), name="mfa_authenticate"),
    path("sign-in/at/<slug:provider_id>/", views.to_provider, name="openid_connect_login"),
    path("sign-in/at/<slug:provider_id>/back/", views.from_provider, name="openid_connect_callback"),
    path(
        "sign-in/stopped/",
        login_not_required(TemplateView.as_view(template_name="socialaccount/authentication_error.html")),
        name="socialaccount_login_cancelled",
    ),
    path("my-sign-in/", before_second_factor(factor_views.Factors.as_view()), name="mfa_index"),
    path("my-sign-in/", factor_views.Factors.as_view(), name="mfa_list_webauthn"),
    path("my-sign-in/app/", before_second_factor(factor_views.AddApp.as_view()), name="mfa_activate_totp"),
    path("my-sign-in/app/remove/", factor_views.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path(
        "my-sign-in/passkey/",
        before_second_factor(factor_views.AddPasskey.as_view()),
        name="mfa_add_webauthn",
    ),
    path(
        "my-sign-in/passkey/<int:pk>/remove/",
        factor_views.RemovePasskey.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("my-sign-in/codes/", factor_views.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path(
        "my-sign-in/codes/new/", factor_views.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"
    ),
    path(
        "my-sign-in/again/", before_second_factor(factor_views.CodeAgain.as_view()), name="mfa_reauthenticate"
    ),
    path(
        "my-sign-in/again/passkey/",
        before_second_factor(factor_views.PasskeyAgain.as_view()),
        name="mfa_reauthenticate_webauthn",
    ),
]
