from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Site
from bookings.models.parties import Newcomer, Party


class Disclosure(models.Model):  # type: ignore[django-manager-missing]  # the model of `changes` is made at run time
    """What an agency may see of another agency's party, at one site, until when; policies read it."""

    class Category(models.TextChoices):
        NAMES = "names", _("names and birth dates")
        MEETINGS = "meetings", _("the day's other meetings")
        CHECKLIST = "checklist", _("steps of the checklist")
        NOTE = "note", _("the note before the meeting")

    class Source(models.TextChoices):
        CONSENT = "consent", _("by consent")
        CHECK_IN = "check_in", _("checked in at the desk")

    party = models.ForeignKey(Party, models.CASCADE, related_name="disclosures", verbose_name=_("party"))
    newcomer = models.ForeignKey(
        Newcomer,
        models.CASCADE,
        related_name="disclosures",
        verbose_name=_("newcomer"),
        null=True,
        blank=True,
    )
    discloser = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("discloser"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("recipient"))
    site = models.ForeignKey(Site, models.PROTECT, related_name="+", verbose_name=_("site"))
    category = models.CharField(_("category"), max_length=10, choices=Category)
    source = models.CharField(_("source"), max_length=10, choices=Source)
    given_at = models.DateTimeField(_("given"))
    until = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("disclosure")
        verbose_name_plural = _("disclosures")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "newcomer", "discloser", "agency", "site", "category", "source"],
                name="disclosure_once_each",
                nulls_distinct=False,
                violation_error_message=_("That is already open."),
            ),
            models.CheckConstraint(
                condition=Q(given_at__lt=F("until")),
                name="disclosure_begins_before_it_ends",
                violation_error_message=_("A disclosure begins before it ends."),
            ),
            models.CheckConstraint(
                condition=~Q(discloser=F("agency")),
                name="disclosure_to_another_agency",
                violation_error_message=_("An agency discloses nothing to itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.agency_id} {self.until}"
