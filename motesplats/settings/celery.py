"""The queues of tasks, their time limits in seconds, and what runs by the clock."""

from motesplats.settings.base import env
from motesplats.settings.database import REDIS_URL

# Seconds after which another worker sends what a killed one had begun; a task that sends ends before that.
DISPATCH_LEASE = env.int("DISPATCH_LEASE", default=300)
# The same for messages: what a killed worker had begun comes back within two minutes.
MESSAGE_LEASE = env.int("MESSAGE_LEASE", default=90)

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SOFT_TIME_LIMIT = 60
CELERY_TASK_TIME_LIMIT = 90
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for Redis as long as it takes
CELERY_TIMEZONE = "UTC"
# What must be quick never waits behind letters: each queue has a worker of its own.
CELERY_TASK_DEFAULT_QUEUE = "quick"
CELERY_TASK_ROUTES = {
    "motesplats.tasks.keep_no_longer": {"queue": "letters"},
    "motesplats.tasks.sum_up_figures": {"queue": "letters"},
}
# Acknowledged early: what a killed worker had begun comes back by its lease in the outbox, and beat asks again. A late
# acknowledgement on a connection that Redis has closed ends kombu 5.7's worker, "'NoneType' has no 'hostname'".
CELERY_TASK_ACKS_LATE = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BEAT_SCHEDULE = {
    "heartbeat": {
        "task": "agencies.tasks.beat_heart",
        "schedule": 20.0,
        "options": {"expires": 60},
    },
    "outbox": {
        "task": "agencies.tasks.send_due",
        "schedule": 5.0,
        "kwargs": {"queue": "quick"},
        "options": {"expires": 10},
    },
    "letters": {
        "task": "agencies.tasks.send_due",
        "schedule": 5.0,
        "kwargs": {"queue": "letters"},
        "options": {"queue": "letters", "expires": 10},
    },
    "messages": {
        "task": "agencies.tasks.send_due",
        "schedule": 5.0,
        "kwargs": {"queue": "messages"},
        "options": {
            "queue": "messages",
            "expires": 10,
            "soft_time_limit": 0.8 * MESSAGE_LEASE,
            "time_limit": 0.9 * MESSAGE_LEASE,
        },
    },
    "past-days": {
        "task": "bookings.tasks.close_past_days",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "standby": {
        "task": "agencies.tasks.release_standby",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "day-reports": {
        "task": "motesplats.tasks.fill_day_reports",
        "schedule": 600.0,
        "options": {"expires": 600},
    },
    "handling-times": {
        "task": "motesplats.tasks.tell_handling_times",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "report-reminders": {
        "task": "motesplats.tasks.remind_of_reports",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "retention": {"task": "motesplats.tasks.keep_no_longer", "schedule": 3600.0},
    "figures": {
        "task": "motesplats.tasks.sum_up_figures",
        "schedule": 3600.0,
        "options": {"queue": "letters", "expires": 3600},
    },
}
