from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.languages import LANGUAGES
from agencies.models import Agency, Site
from agencies.validators import validate_name
from bookings.models import Disclosure, Newcomer, Party

LONGEST_NAME = 100


class ConsentEvent(models.Model):
    """What one adult answered to one question, with the text that was shown; created, never changed.

    The fields of ISO/IEC TS 27560 in its order: record identifier `key`; PII principal `newcomer`; PII controller
    `discloser`; notice `text`, `text_version`, `language`; purpose `purpose`; PII categories `category` (the data),
    recipients `recipient` at `site` (the jurisdiction is Sweden); storage period and expiry `until`; event type `kind`,
    event time `at`, event state the fold in `checklists.consent.answers`; method of consent `channel`, with `witness`,
    `interpreter` and `recorded_by` (the entity that recorded it) on paper.
    """

    class Kind(models.TextChoices):
        GIVEN = "given", _("yes")
        REFUSED = "refused", _("no")
        WITHDRAWN = "withdrawn", _("taken back")

    class Channel(models.TextChoices):
        LINK = "link", _("on the own link")
        PAPER = "paper", _("on paper")

    key = models.UUIDField(_("key"), unique=True, default=uuid4, editable=False)
    kind = models.CharField(_("answer"), max_length=9, choices=Kind)
    party = models.ForeignKey(Party, models.CASCADE, related_name="+", verbose_name=_("party"))
    newcomer = models.ForeignKey(Newcomer, models.CASCADE, related_name="+", verbose_name=_("newcomer"))
    discloser = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("discloser"))
    recipient = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("recipient"))
    site = models.ForeignKey(Site, models.PROTECT, related_name="+", verbose_name=_("site"))
    category = models.CharField(_("category"), max_length=10, choices=Disclosure.Category)
    purpose = models.CharField(_("purpose"), max_length=300)
    day = models.DateField(_("day that was booked"))
    until = models.DateTimeField(_("until"))
    language = models.CharField(
        _("language"), max_length=3, choices=[(each.code, each.sv) for each in LANGUAGES.values()]
    )
    text = models.TextField(_("the text as it was shown"))
    text_version = models.CharField(_("version of the text"), max_length=10)
    channel = models.CharField(_("way"), max_length=5, choices=Channel)
    witness = models.CharField(_("witness"), max_length=LONGEST_NAME, blank=True, validators=[validate_name])
    interpreter = models.CharField(
        _("interpreter"), max_length=LONGEST_NAME, blank=True, validators=[validate_name]
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("recorded by"),
        null=True,
        blank=True,
    )
    at = models.DateTimeField(_("when"))
    # Set by triggers: when the identity is protected, and when a new day makes others the adults who decide.
    is_shut = models.BooleanField(_("ended, because others decide now"), default=False, editable=False)

    class Meta:
        verbose_name = _("consent event")
        verbose_name_plural = _("consent events")
        ordering = ["pk"]  # the order written
        indexes = [models.Index(fields=["party", "recipient"], name="consent_by_party")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(discloser=F("recipient")),
                name="consent_is_to_another_agency",
                violation_error_message=_("An agency discloses nothing to itself."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="given") | Q(until__gt=F("at")),
                name="consent_ends_after_it_is_given",
                violation_error_message=_("A consent ends after it is given."),
            ),
            models.CheckConstraint(
                condition=Q(channel="link", recorded_by=None, witness="", interpreter="")
                | Q(channel="paper", recorded_by__isnull=False) & ~Q(witness=""),
                name="consent_on_paper_has_a_witness",
                violation_error_message=_("A consent on paper is recorded by somebody, with a witness."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.category}"
