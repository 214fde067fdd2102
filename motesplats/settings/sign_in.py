"""Users, sessions, passwords, second factors and the agencies' own sign-in."""

from motesplats.settings.security import COOKIE_PREFIX

AUTH_USER_MODEL = "agencies.User"
LOGIN_URL = "agencies:sign-in"
LOGIN_REDIRECT_URL = "bookings:my-day"
LOGOUT_REDIRECT_URL = "agencies:sign-in"
DEVICE_COOKIE_NAME = f"{COOKIE_PREFIX}device"
SESSION_COOKIE_AGE = 12 * 3600
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
ACCOUNT_ADAPTER = "agencies.sign_in.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False  # agencies.sign_in.guesses slows guessing down
MFA_ADAPTER = "agencies.sign_in.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds, for clocks that differ
SOCIALACCOUNT_ADAPTER = "agencies.sign_in.adapters.ProviderAdapter"
# A link, because `form-action` forbids that a form leads out of the house.
SOCIALACCOUNT_LOGIN_ON_GET = True
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "agencies.staff.password_validation.EndsToken"},
]
