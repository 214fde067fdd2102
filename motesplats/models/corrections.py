from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.validators import validate_plain


class ReportCorrection(models.Model):
    """What a report said before and says now, by whom it was changed, when and why; `field` of each report's own."""

    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"), blank=True)
    why = models.CharField(_("why"), max_length=300, validators=[validate_plain])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"))

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]
