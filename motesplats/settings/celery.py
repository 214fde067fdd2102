"""The queue of tasks, their time limits in seconds, and what runs by the clock."""

from motesplats.settings.database import REDIS_URL

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SOFT_TIME_LIMIT = 60
CELERY_TASK_TIME_LIMIT = 90
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "heartbeat": {"task": "agencies.tasks.beat_heart", "schedule": 20.0},
    "past-days": {"task": "bookings.tasks.close_past_days", "schedule": 3600.0},
    "retention": {"task": "motesplats.tasks.keep_no_longer", "schedule": 3600.0},
}
