"""gunicorn's settings, for the image and for the embedded server: `gunicorn -c python:motesplats.serving.config`."""

import os

from motesplats.garbage import collect_rarely

worker_class = "motesplats.serving.worker.PatientWorker"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 4
worker_connections = 400
control_socket_disable = True
# Lines in the form of the app's own; requests have a line by the app, without their query.
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "motesplats.logs.formatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}


def post_worker_init(worker: object) -> None:
    collect_rarely()
