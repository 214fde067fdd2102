from django.db import models
from django.utils.translation import gettext_lazy as _


class Heartbeat(models.Model):
    """When the Celery worker of a queue, by its name, last ran a task."""

    name = models.SlugField(_("name"), primary_key=True)
    beat_at = models.DateTimeField(_("last beat"))

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return self.name
