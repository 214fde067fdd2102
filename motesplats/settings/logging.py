"""The log: one JSON object a line, on standard error; `motesplats.logs` says what may stand in it."""

from motesplats.settings.base import env

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "motesplats.logs.formatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        # Every answer has its line by the request log, every task by its own.
        "django.request": {"level": "ERROR"},
        "celery.app.trace": {"level": "CRITICAL"},
    },
}
