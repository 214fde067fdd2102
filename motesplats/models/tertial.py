from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Site
from agencies.validators import validate_plain
from motesplats.models.corrections import ReportCorrection


class TertialCode(models.Model):
    """An obstacle, or something that helps, of the lists from which a tertial report chooses by code.

    Its words are in Swedish. One that is retired is offered no more, and stands in the reports that have chosen it.
    """

    class Kind(models.TextChoices):
        OBSTACLE = "obstacle", _("obstacle")
        ENABLER = "enabler", _("what helps")

    code = models.CharField(_("code"), max_length=4, primary_key=True, validators=[validate_plain])
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    name = models.CharField(_("in words"), max_length=80, validators=[validate_plain])
    is_draft = models.BooleanField(_("example, not decided"), default=False)
    is_retired = models.BooleanField(_("offered no more"), default=False)

    class Meta:
        verbose_name = _("code of a tertial report")
        verbose_name_plural = _("codes of tertial reports")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-ZÅÄÖ][0-9]{1,3}$"),
                name="tertial_code_is_a_letter_and_a_number",
                violation_error_message=_("A code is a letter and a number, such as H1."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class TertialReport(models.Model):
    """What a site's managers report of four months; until it is submitted the site alone sees it."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        SUBMITTED = "submitted", _("submitted")

    class Question(models.TextChoices):
        ADAPTATIONS = "adaptations", _("Adaptations")
        COORDINATION = "coordination", _("Coordination between the agencies")
        REFERRALS = "referrals", _("Referrals")
        INTERPRETERS = "interpreters", _("Interpreters")
        STAFFING = "staffing", _("Staffing")

    site = models.ForeignKey(Site, models.PROTECT, related_name="+", verbose_name=_("site"))
    year = models.PositiveSmallIntegerField(_("year"))
    tertial = models.PositiveSmallIntegerField(_("tertial"))
    due = models.DateField(_("due"))
    codes = ArrayField(
        models.CharField(max_length=4), verbose_name=_("obstacles and what helps"), default=list, blank=True
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("submitted by"),
        null=True,
        blank=True,
    )
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)

    class Meta:
        verbose_name = _("tertial report")
        verbose_name_plural = _("tertial reports")
        ordering = ["-year", "-tertial", "site"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "year", "tertial"],
                name="tertial_report_once_each",
                violation_error_message=_("That tertial has a report."),
            ),
            models.CheckConstraint(
                condition=Q(tertial__range=(1, 3)),
                name="tertial_report_is_of_one_of_three",
                violation_error_message=_("A tertial is 1, 2 or 3."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", submitted_at=None, submitted_by=None)
                | Q(state="submitted", submitted_at__isnull=False, submitted_by__isnull=False),
                name="tertial_report_is_submitted_by_somebody",
                violation_error_message=_("A report is submitted by somebody."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site_id} {self.year} {self.tertial}"


class TertialText(models.Model):
    """The answer to a question of a tertial report, with whoever wrote it last."""

    report = models.ForeignKey(
        TertialReport, models.CASCADE, related_name="texts", verbose_name=_("tertial report")
    )
    question = models.CharField(_("question"), max_length=12, choices=TertialReport.Question)
    text = models.TextField(_("text"), max_length=4000, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("text of a tertial report")
        verbose_name_plural = _("texts of tertial reports")
        ordering = ["report", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "question"],
                name="tertial_text_once_a_question",
                violation_error_message=_("Each question has one answer."),
            )
        ]

    def __str__(self) -> str:
        return self.question


class TertialFigure(models.Model):
    """A figure as it stood when the report was submitted: the site's own or, if `is_published`, as everybody reads it.

    `measure`: a measure's code, or GOAL or SHARE. A share is a part of 1; None: not known, or hidden.
    """

    GOAL, SHARE = "goal", "attainment"

    report = models.ForeignKey(
        TertialReport, models.CASCADE, related_name="figures", verbose_name=_("tertial report")
    )
    measure = models.CharField(_("measure"), max_length=40)
    is_published = models.BooleanField(_("as everybody reads it"))
    is_hidden = models.BooleanField(_("is hidden"), default=False)
    is_approximate = models.BooleanField(_("ca"), default=False)
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=8, null=True)
    before = models.DecimalField(_("last tertial"), max_digits=20, decimal_places=8, null=True)
    country = models.DecimalField(_("median of the sites"), max_digits=20, decimal_places=8, null=True)

    class Meta:
        verbose_name = _("figure of a tertial report")
        verbose_name_plural = _("figures of tertial reports")
        ordering = ["report", "measure"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "measure", "is_published"],
                name="tertial_figure_once_each",
                violation_error_message=_("Each figure stands once."),
            ),
            models.CheckConstraint(
                condition=Q(is_hidden=False) | Q(value=None),
                name="tertial_figure_hidden_has_no_number",
                violation_error_message=_("A hidden figure holds no number."),
            ),
        ]

    def __str__(self) -> str:
        return self.measure


class TertialCorrection(ReportCorrection):
    """What was changed in a report after it was submitted."""

    CODES = "codes"

    report = models.ForeignKey(
        TertialReport, models.CASCADE, related_name="corrections", verbose_name=_("tertial report")
    )
    field = models.CharField(
        _("what"), max_length=12, choices=[*TertialReport.Question.choices, (CODES, _("codes"))]
    )

    class Meta(ReportCorrection.Meta):
        verbose_name = _("correction of a tertial report")
        verbose_name_plural = _("corrections of tertial reports")
        constraints = [
            models.CheckConstraint(
                condition=~Q(why=""),
                name="tertial_correction_has_a_reason",
                violation_error_message=_("Say why a submitted report is corrected."),
            )
        ]

    def __str__(self) -> str:
        return self.field
