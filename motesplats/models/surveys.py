import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Site
from agencies.validators import validate_plain

WORST, BEST = 1, 7  # the ends of every scale, whichever of them is the good one


class Instrument(models.Model):
    """Questions that are asked together, each with seven grades; its words are in Swedish."""

    class Audience(models.TextChoices):
        STAFF = "staff", _("staff, each by oneself")
        NEWCOMERS = "newcomers", _("newcomers, on paper")

    code = models.SlugField(_("code"), max_length=30, primary_key=True)
    name = models.CharField(_("name"), max_length=80)
    audience = models.CharField(_("whom it asks"), max_length=9, choices=Audience)
    source = models.CharField(_("source"), max_length=200, blank=True)
    is_draft = models.BooleanField(_("example, not decided"), default=False)

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SurveyQuestion(models.Model):
    """A question with the words at both ends of its scale, and at which end it is good."""

    instrument = models.ForeignKey(
        Instrument, models.CASCADE, related_name="questions", verbose_name=_("survey")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.CharField(_("question"), max_length=200)
    low = models.CharField(_("what 1 means"), max_length=60, blank=True)
    high = models.CharField(_("what 7 means"), max_length=60, blank=True)
    is_high_good = models.BooleanField(_("7 is good"), default=True)

    class Meta:
        verbose_name = _("question of a survey")
        verbose_name_plural = _("questions of surveys")
        ordering = ["instrument", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "number"],
                name="survey_question_once_each",
                violation_error_message=_("Each question has its number."),
            )
        ]

    def __str__(self) -> str:
        return self.text


class SurveyRound(models.Model):
    """A time at which a survey is asked: at a site or, without one, everywhere; before, after, or once.

    `place` names where an imported one was asked. How many were asked is known; who they are is not.
    """

    class Phase(models.TextChoices):
        BEFORE = "before", _("before")
        AFTER = "after", _("after")
        ONCE = "once", _("once")

    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="rounds", verbose_name=_("survey")
    )
    site = models.ForeignKey(
        Site, models.PROTECT, related_name="+", verbose_name=_("site"), null=True, blank=True
    )
    place = models.CharField(_("place"), max_length=80, blank=True, validators=[validate_plain])
    phase = models.CharField(_("before or after"), max_length=6, choices=Phase)
    invited = models.PositiveIntegerField(_("how many are asked"))
    opens_on = models.DateField(_("first day"))
    closes_on = models.DateField(_("last day"))
    is_imported = models.BooleanField(_("imported"), default=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("started by"),
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("round of a survey")
        verbose_name_plural = _("rounds of surveys")
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(invited__gte=1),
                name="survey_round_asks_somebody",
                violation_error_message=_("At least one is asked."),
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="survey_round_ends_after_it_begins",
                violation_error_message=_("The last day is not before the first."),
            ),
            models.CheckConstraint(
                condition=Q(is_imported=True) | Q(started_by__isnull=False),
                name="survey_round_is_started_by_somebody",
                violation_error_message=_("A round is started by somebody."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument_id} {self.opens_on}"

    @property
    def where(self) -> str:
        """The site, the place of an imported one, or everywhere."""
        return self.place or (self.site.name if self.site else str(_("everywhere")))


class RoundAnswer(models.Model):
    """One grade that somebody gave: without a name, party, day or time.

    The keys are drawn at random. `reply` is the same for what one person answered in the round, so that people can be
    counted.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reply = models.UUIDField(_("reply"))
    round = models.ForeignKey(SurveyRound, models.PROTECT, related_name="+", verbose_name=_("round"))
    question = models.ForeignKey(SurveyQuestion, models.PROTECT, related_name="+", verbose_name=_("question"))
    grade = models.PositiveSmallIntegerField(_("grade"))

    class Meta:
        verbose_name = _("answer of a survey")
        verbose_name_plural = _("answers of surveys")
        ordering = ["round", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(grade__range=(WORST, BEST)),
                name="round_answer_is_one_of_seven",
                violation_error_message=_("A grade is 1 to 7."),
            ),
            models.UniqueConstraint(
                fields=["reply", "question"],
                name="round_answer_once_a_question",
                violation_error_message=_("Each question is answered once."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.grade)


class RoundMarker(models.Model):
    """That a member of staff has answered a round: a keyed hash, which leads neither to the user nor to the answer."""

    digest = models.CharField(_("digest"), max_length=64, primary_key=True)

    class Meta:
        verbose_name = _("marker of a round")
        verbose_name_plural = _("markers of rounds")

    def __str__(self) -> str:
        return self.digest[:6]


class ImportedMean(models.Model):
    """A published mean of an imported round, as it was printed; no person stands behind it here."""

    round = models.ForeignKey(SurveyRound, models.CASCADE, related_name="means", verbose_name=_("round"))
    question = models.ForeignKey(SurveyQuestion, models.PROTECT, related_name="+", verbose_name=_("question"))
    people = models.PositiveIntegerField(_("answers"))
    mean = models.DecimalField(_("mean"), max_digits=4, decimal_places=2)
    spread = models.DecimalField(
        _("standard deviation"), max_digits=4, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = _("imported mean")
        verbose_name_plural = _("imported means")
        ordering = ["round", "question"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "question"],
                name="imported_mean_once_each",
                violation_error_message=_("Each mean stands once."),
            ),
            models.CheckConstraint(
                condition=Q(mean__range=(WORST, BEST)),
                name="imported_mean_is_on_the_scale",
                violation_error_message=_("A mean is between 1 and 7."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.mean)
