from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from agencies.codes import AgencyCodeField
from agencies.languages import LANGUAGES
from agencies.models.organisation import Municipality
from agencies.models.services import Service
from agencies.models.texts import TextState

FIRST_DAY = date(2016, 1, 1)  # of the first mötesplatser: texts without another date hold from then on
BLOCK_KEY = ("slot", "agency_code", "service", "track", "municipality", "condition", "language")


class Condition(models.TextChoices):
    """What must hold of a party for a block to be read by it; of two that hold the later one wins."""

    ALONE = "alone", _("one person alone")
    WITH_CHILDREN = "children", _("with children")
    OWN_HOUSING = "housed", _("with a home of their own")
    PENSIONER = "pensioner", _("somebody is 65 or older")


def _as_text(field: str) -> Cast:
    return Cast(Coalesce(F(field), Value(0)), models.TextField())


def _same_block() -> Func:
    """A hash of whom the block is for, as a range of one number: btree_gist is not needed to compare it."""
    key = Func(
        F("slot"),
        F("agency_code"),
        _as_text("service"),
        _as_text("track"),
        _as_text("municipality"),
        F("condition"),
        F("language"),
        arg_joiner=" || '/' || ",
        template="hashtextextended(%(expressions)s, 0)",
    )
    return Func(key, key, Value("[]"), function="int8range")


class TextBlock(models.Model):  # type: ignore[django-manager-missing]  # `changes` is made at run time
    """A sentence or paragraph of letter, sheet and pages, in one language, for all parties or for some of them."""

    class Slot(models.TextChoices):
        WHY = "why", _("why one is summoned")
        ABOUT = "about", _("in one plain sentence")
        SHEET = "sheet", _("what happens there")
        AFTER = "after", _("what comes after")
        BEFORE = "before", _("what can be done before the day")
        GET_THERE = "travel", _("how to get there, and what it costs")
        LATE_OR_ILL = "late", _("being late or ill that morning")
        CHILDREN_AND_FOOD = "children", _("children and food")
        WELCOMED = "welcome", _("who welcomes")
        SUPPORT_PERSON = "support", _("somebody who supports")

    objects: ClassVar[models.Manager["TextBlock"]]

    slot = models.CharField(_("place in the letter"), max_length=8, choices=Slot)
    agency_code = AgencyCodeField(_("agency"), has_service=False, blank=True)
    service = models.ForeignKey(
        Service, models.CASCADE, related_name="+", verbose_name=_("service"), null=True, blank=True
    )
    track = models.PositiveSmallIntegerField(_("track"), null=True, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        models.CASCADE,
        related_name="+",
        verbose_name=_("municipality"),
        null=True,
        blank=True,
    )
    condition = models.CharField(_("only parties"), max_length=20, choices=Condition, blank=True)
    language = models.CharField(
        _("language"), max_length=3, choices=[(code, each.endonym) for code, each in LANGUAGES.items()]
    )
    state = models.CharField(_("state of the text"), max_length=8, choices=TextState, default=TextState.DRAFT)
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
    valid_from = models.DateField(_("valid from"), default=FIRST_DAY)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("text block")
        verbose_name_plural = _("text blocks")
        ordering = ["slot", "service", "agency_code", "track", "municipality", "condition", "language", "pk"]
        constraints = [
            ExclusionConstraint(
                name="text_block_one_at_a_time",
                expressions=[
                    (_same_block(), RangeOperators.OVERLAPS),
                    (
                        Func(F("valid_from"), F("valid_to"), Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("There is already a text for exactly those people at that time."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from__lte=F("valid_to")),
                name="text_block_begins_before_it_ends",
                violation_error_message=_("A text begins before it ends."),
            ),
            models.CheckConstraint(
                condition=Q(service=None) | Q(agency_code=""),
                name="text_block_of_service_or_agency",
                violation_error_message=_(
                    "A text belongs to an agency or to one of its services, not to both."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state=TextState.CHECKED) | Q(checked_by=None, checked_at=None),
                name="text_block_draft_is_checked_by_nobody",
                violation_error_message=_("A draft has been checked by nobody."),
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="text_block_says_something",
                violation_error_message=_("A text is not empty."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot} {self.language}: {self.text[:40]}"


class TextAudio(models.Model):
    """A text block read aloud, as a sound file that phones play."""

    MOST_BYTES = 2_000_000
    KINDS: ClassVar[dict[str, str]] = {"mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg"}

    block = models.OneToOneField(
        TextBlock, models.CASCADE, primary_key=True, related_name="audio", verbose_name=_("text block")
    )
    kind = models.CharField(_("kind of file"), max_length=3, choices=[(kind, kind) for kind in KINDS])
    sound = models.BinaryField(_("sound"))
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("added by")
    )

    class Meta:
        verbose_name = _("text read aloud")
        verbose_name_plural = _("texts read aloud")

    def __str__(self) -> str:
        return f"{self.block_id} {self.kind}"
