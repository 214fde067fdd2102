from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Site
from agencies.validators import validate_plain


class SteeringDecision(models.Model):
    """What the steering group has decided, which role or agency does it, and until when."""

    what = models.CharField(_("decision"), max_length=500, validators=[validate_plain])
    owner = models.CharField(
        _("who does it"),
        max_length=120,
        validators=[validate_plain],
        help_text=_("A role or an agency; no names."),
    )
    decided_on = models.DateField(_("decided"))
    due = models.DateField(_("to be done by"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("saved by")
    )
    saved_at = models.DateTimeField(_("saved"))
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("decision of the steering group")
        verbose_name_plural = _("decisions of the steering group")
        ordering = [F("done_on").asc(nulls_first=True), F("due").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due=None) | Q(due__gte=F("decided_on")),
                name="steering_decision_due_after_decided",
                violation_error_message=_("It cannot be due before it is decided."),
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(done_on__gte=F("decided_on")),
                name="steering_decision_done_after_decided",
                violation_error_message=_("It cannot be done before it is decided."),
            ),
        ]

    def __str__(self) -> str:
        return self.what


class SiteVisit(models.Model):
    """That somebody visited a site, by role or agency, and what for."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="+", verbose_name=_("site"))
    date = models.DateField(_("date"))
    visitors = models.CharField(
        _("who visited"),
        max_length=200,
        validators=[validate_plain],
        help_text=_("Roles or agencies; no names."),
    )
    purpose = models.CharField(_("what for"), max_length=200, validators=[validate_plain])
    notes = models.TextField(
        _("what was seen"), max_length=2000, blank=True, help_text=_("No names, of staff or of newcomers.")
    )
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("saved by")
    )
    saved_at = models.DateTimeField(_("saved"))
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("visit to a site")
        verbose_name_plural = _("visits to sites")
        ordering = ["-date", "-pk"]

    def __str__(self) -> str:
        return f"{self.site_id} {self.date}"
