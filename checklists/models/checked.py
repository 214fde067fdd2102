from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Translated


class Checked(Translated):
    """A row with texts in several languages that says of each who has checked it, and when."""

    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("checked by"),
        null=True,
        blank=True,
        editable=False,
    )
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(_("version of the texts"), default=0, editable=False)

    class Meta:
        abstract = True
