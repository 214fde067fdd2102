"""The installation, its applications, middleware and templates."""

from pathlib import Path

import environ

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parents[2]

# Each key has fallbacks: former keys, by comma, that still open what they made.
SECRET_KEY = env("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
LINK_KEY = env("LINK_KEY")
LINK_KEY_FALLBACKS = env.list("LINK_KEY_FALLBACKS", default=[])
SEALING_KEY = env("SEALING_KEY")
SEALING_KEY_FALLBACKS = env.list("SEALING_KEY_FALLBACKS", default=[])
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
BASE_URL = env("BASE_URL", default="http://localhost:8000")
# An installation for trying things out, which `seed_demo` may fill.
DEMO = env.bool("DEMO", default=False)
DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / ".local")))
# A telephone number for families wherever no site's own can be shown, as on the first screen of a link.
HELP_PHONE = env("HELP_PHONE", default="")
# Who publishes the open data, and the e-mail address for questions about them.
OPEN_DATA_PUBLISHER = env("OPEN_DATA_PUBLISHER", default="Nationella kansliet för mötesplatser")
OPEN_DATA_CONTACT = env("OPEN_DATA_CONTACT", default="")
# A proxy that ends TLS stands before the web processes.
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
# Networks of the proxies whose X-Forwarded-For is believed.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=["127.0.0.0/8", "::1"] if BEHIND_PROXY else [])
# Networks from which the admin is reached; empty: from anywhere.
ADMIN_NETWORKS = env.list("ADMIN_NETWORKS", default=[])
# Bytes of a request; the longest form has a tenth of it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_HANDLERS = ["motesplats.edge.bodies.NoFiles"]

INSTALLED_APPS = [
    "modeltranslation",
    # Before ours, whose admin keeps their secrets out of it.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "motesplats",
    "checklists",
    "bookings",
    "interpreters",
    "agencies",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "django_htmx",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "motesplats.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "motesplats.edge.compression.CompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "motesplats.edge.request_log.RequestLogMiddleware",
    "motesplats.edge.caching.NoStoreMiddleware",
    "motesplats.edge.outage.OutageMiddleware",
    "bookings.newcomer.errors.NewcomerErrorsMiddleware",
    "motesplats.edge.bodies.BodyLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "motesplats.locale.StaffLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "agencies.middleware.SignInMiddleware",
    "motesplats.edge.admin_door.AdminDoorMiddleware",
    "agencies.unsent_work.middleware.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "agencies.middleware.LimitMiddleware",
    "agencies.read_log_middleware.ReadLogMiddleware",
    "agencies.middleware.SecrecyMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "motesplats.urls"
WSGI_APPLICATION = "motesplats.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# A default time of day that is within seconds of now: the site's lunch, seen at lunch.
SILENCED_SYSTEM_CHECKS = ["fields.W161"]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
