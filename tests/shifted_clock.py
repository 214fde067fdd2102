"""Lets a worker's clock run ahead of the machine's by SECONDS_AHEAD, at the same speed: `import tests.shifted_clock`.

Only the application's clock, `django.utils.timezone.now`, which its edges read; Celery's own stays right.
"""

import os
from datetime import datetime, timedelta

from django.utils import timezone

AHEAD = timedelta(seconds=float(os.environ.get("SECONDS_AHEAD", "0")))
machine = timezone.now


def now() -> datetime:
    return machine() + AHEAD


timezone.now = now
