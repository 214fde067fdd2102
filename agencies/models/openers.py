from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from pgtrigger import ReadOnly

from agencies.models.organisation import Agency, Site


class NamedOpener(models.Model):
    """That a manager lets a colleague open the protected identities of one site; withdrawn, it stays as history."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    site = models.ForeignKey(Site, models.PROTECT, related_name="+", verbose_name=_("site"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("named by")
    )
    named_at = models.DateTimeField(_("named"))
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("withdrawn by"),
        null=True,
        blank=True,
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("named opener")
        verbose_name_plural = _("named openers")
        ordering = ["-named_at", "-pk"]
        triggers = [ReadOnly(name="stays_as_it_was", exclude=["withdrawn_by", "withdrawn_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "site", "user"],
                condition=Q(withdrawn_at=None),
                name="named_opener_once_per_site",
                violation_error_message=_("That colleague is named already."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="named_opener_is_withdrawn_by_somebody",
                violation_error_message=_("Somebody withdraws it, at a moment."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.site_id}"
