from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.codes import AgencyCodeField
from agencies.models import Who

FIRST_DAY = date(2016, 1, 1)


class Track(models.Model):  # type: ignore[django-manager-missing]  # modeltranslation replaces it at run time
    """Which agency summons a party (tracks 1-3); it decides which rules of attendance apply."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    summoned_by = AgencyCodeField(_("summoned by"))

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ["number"]

    def __str__(self) -> str:
        return self.name


class LegalBasis(models.Model):  # type: ignore[django-manager-missing]  # as of Track
    """A section of law that makes a party part of the target group; valid between two days, inclusive."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    paragraph = models.CharField(_("section of the act"), max_length=60)
    meaning = models.CharField(_("meaning"), max_length=120)
    default_track = models.ForeignKey(
        Track, models.PROTECT, related_name="legal_bases", verbose_name=_("usual track")
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from__lte=F("valid_to")),
                name="legal_basis_begins_before_it_ends",
                violation_error_message=_("A legal basis begins before it ends."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.paragraph}, {self.meaning}"


class AttendanceRule(models.Model):  # type: ignore[django-manager-missing]  # as of Track
    """Whether an agency meets a party of these tracks between two days; ages in whole years, inclusive."""

    class Concerns(models.TextChoices):
        PARTY = "party", _("the party")
        MEMBERS = "members", _("members of these ages")

    agency_code = AgencyCodeField(_("agency"))
    tracks = models.ManyToManyField(Track, related_name="rules", verbose_name=_("tracks"))
    concerns = models.CharField(_("concerns"), max_length=8, choices=Concerns)
    min_age = models.PositiveSmallIntegerField(_("from the age of"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("up to the age of"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    is_default = models.BooleanField(_("met unless switched off"), default=True)
    may_be_switched = models.BooleanField(_("may be switched for a party"), default=True)
    who = models.CharField(_("who must come"), max_length=10, choices=Who)

    class Meta:
        verbose_name = _("rule of attendance")
        verbose_name_plural = _("rules of attendance")
        ordering = ["agency_code", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from__lte=F("valid_to")),
                name="attendance_rule_begins_before_it_ends",
                violation_error_message=_("A rule begins before it ends."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_code} {self.valid_from}"


class Precedence(models.Model):  # type: ignore[django-manager-missing]  # as of Track
    """An order of two agencies in a track between two days; the planner keeps a hard one and prefers the others."""

    track = models.ForeignKey(Track, models.CASCADE, related_name="precedences", verbose_name=_("track"))
    before = AgencyCodeField(_("first"))
    after = AgencyCodeField(_("then"))
    is_hard = models.BooleanField(_("never broken"), default=False)
    valid_from = models.DateField(_("valid from"), default=FIRST_DAY)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("order of two agencies")
        verbose_name_plural = _("orders of agencies")
        ordering = ["track", "before", "after", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["track", "before", "after"],
                condition=Q(valid_to=None),
                name="precedence_once_per_pair",
                violation_error_message=_("That order is already there."),
            ),
            models.CheckConstraint(
                condition=~Q(before=F("after")),
                name="precedence_of_two_agencies",
                violation_error_message=_("An agency cannot come before itself."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from__lte=F("valid_to")),
                name="precedence_begins_before_it_ends",
                violation_error_message=_("A rule begins before it ends."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
