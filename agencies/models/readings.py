from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from pgtrigger import ReadOnly

from agencies.models.organisation import Agency
from agencies.models.people import Role


class Reader(models.Model):
    """Who acted, filled from the transaction's viewer: a user with agency and role, or the holder of a link."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"), null=True
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"), null=True)
    role = models.CharField(_("role"), max_length=12, choices=Role, blank=True)
    link = models.CharField(_("hash of the link"), max_length=64, blank=True)

    class Meta:
        abstract = True


class Reading(Reader):
    """A row of the read log: a person, known by key only, was shown to somebody. Never changed."""

    class What(models.TextChoices):
        PAGE = "page", _("page")
        PDF = "pdf", _("PDF")
        API = "api", _("API")
        FILE = "file", _("file")
        EXPORT = "export", _("extract")
        PRINT = "print", _("printing")

    class Why(models.TextChoices):
        CASEWORK = "casework", _("work with the day")
        SEARCH = "search", _("looking for somebody")
        SUMMONS = "summons", _("the letter")
        EXPORT = "export", _("an extract for the person")
        OWN = "own", _("own link")

    person = models.UUIDField(_("key of the person"))
    what = models.CharField(_("what was shown"), max_length=6, choices=What)
    route = models.CharField(_("address"), max_length=100, blank=True)
    why = models.CharField(_("why"), max_length=9, choices=Why)
    at = models.DateTimeField(_("when"))
    request = models.CharField(_("id of the request"), max_length=36, blank=True)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["agency", "at"], name="reading_by_agency"),
            models.Index(fields=["person", "at"], name="reading_by_person"),
            models.Index(fields=["user", "at"], name="reading_by_user"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, link="") | Q(user=None) & ~Q(link=""),
                name="reading_by_a_user_or_a_link",
                violation_error_message=_("Somebody has read: a user or the holder of a link."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.route} {self.at}"

    @property
    def short_person(self) -> str:
        """The first eight characters of the key, which tell a party's people apart."""
        return str(self.person)[:8]


class Attempt(Reader):
    """A refused request: hidden, not allowed, or with a forged link or code; the same attempt is one row a minute."""

    route = models.CharField(_("address"), max_length=100)
    asked = models.CharField(_("reference asked for"), max_length=7, blank=True)
    reason = models.CharField(_("why it was refused"), max_length=30)
    at = models.DateTimeField(_("minute"))

    class Meta:
        verbose_name = _("refused attempt")
        verbose_name_plural = _("refused attempts")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "link", "route", "asked", "reason", "at"],
                name="attempt_once_a_minute",
                nulls_distinct=False,
                violation_error_message=_("That is already written down."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.route} {self.at}"


class SpotCheck(models.Model):
    """A manager has checked a reading and signed it. Never changed."""

    class Verdict(models.TextChoices):
        CHECKED = "checked", _("in order")
        ASKED = "asked", _("reader asked")

    reading = models.ForeignKey(
        Reading, models.PROTECT, related_name="spot_checks", verbose_name=_("reading")
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    verdict = models.CharField(_("result"), max_length=7, choices=Verdict)
    initials = models.CharField(_("initials"), max_length=5)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("spot check")
        verbose_name_plural = _("spot checks")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.verdict} {self.initials}"


class UnusualReading(models.Model):
    """An alarm: a user, or the user's API token, was shown unusually many people in a day; open until closed.

    A day's further alarms have the levels 1, 2, …: each stands for twice as many people.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who")
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", verbose_name=_("agency"), null=True, blank=True
    )
    day = models.DateField(_("day"))
    level = models.PositiveSmallIntegerField(_("level"))
    people = models.PositiveIntegerField(_("people shown"))
    usual = models.PositiveIntegerField(_("people on a usual day"))
    at = models.DateTimeField(_("when"))
    word = models.CharField(_("what it was"), max_length=300, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("closed by"),
        null=True,
        blank=True,
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("unusual reading")
        verbose_name_plural = _("unusual readings")
        ordering = ["-at", "-pk"]
        triggers = [ReadOnly(name="stays_as_it_was", exclude=["word", "closed_by", "closed_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "day", "level"],
                name="unusual_reading_once_a_level",
                violation_error_message=_("That alarm has been raised already."),
            ),
            models.CheckConstraint(
                condition=Q(word="", closed_by=None, closed_at=None)
                | ~Q(word="") & Q(closed_by__isnull=False, closed_at__isnull=False),
                name="unusual_reading_is_closed_with_a_word",
                violation_error_message=_("Say what it was."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.day}"
