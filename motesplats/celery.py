"""The Celery application; tasks are thin and live in each app's `tasks.py`."""

import os
from time import perf_counter
from typing import Any

import structlog
from celery import Celery, Task
from celery.app.log import Logging
from celery.signals import worker_process_init

from motesplats.garbage import collect_rarely

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motesplats.settings")

log = structlog.get_logger(__name__)


class LoggedTask(Task):  # type: ignore[misc]  # Celery has no types
    """Logs each run's name, duration and outcome, never its arguments."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        began, outcome = perf_counter(), "failed"
        try:
            answer = super().__call__(*args, **kwargs)
            outcome = "done"
        except Exception:
            log.exception("task failed", task=self.name)
            raise
        finally:
            spent = round((perf_counter() - began) * 1000)
            log.info("task", task=self.name, outcome=outcome, milliseconds=spent)
        return answer


class SettledLogging(Logging):  # type: ignore[misc]
    """Leaves the log as the settings have made it, its level included."""

    def setup_logging_subsystem(self, *args: Any, **options: Any) -> bool:
        self.already_setup = True
        return True


app = Celery("motesplats", task_cls=LoggedTask, log=SettledLogging)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect  # type: ignore[untyped-decorator]  # Celery has no types
def _collect_rarely(**_: Any) -> None:
    collect_rarely()
