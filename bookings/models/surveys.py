import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Site
from bookings.models.chains import Chain


class SurveyAnswer(models.Model):
    """What somebody answered after the day, from 1 (no) to 4 (yes): without link, party, day or time.

    Its key is drawn at random, so that no order of keys leads to whoever answered.
    """

    QUESTIONS = ("purpose", "interpreter", "next_step", "in_control")

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+", verbose_name=_("site"))
    month = models.DateField(_("month"))
    language = models.CharField(_("language"), max_length=3)
    track = models.PositiveSmallIntegerField(_("track"))
    purpose = models.PositiveSmallIntegerField(_("knew why"), null=True, blank=True)
    interpreter = models.PositiveSmallIntegerField(_("understood the interpreter"), null=True, blank=True)
    next_step = models.PositiveSmallIntegerField(_("knows the next step"), null=True, blank=True)
    in_control = models.PositiveSmallIntegerField(_("feels in control"), null=True, blank=True)

    class Meta:
        verbose_name = _("answer to the survey")
        verbose_name_plural = _("answers to the survey")
        ordering = ["month", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="survey_answer_tells_no_day",
                violation_error_message=_("An answer is kept with its month alone."),
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{question: None}) | Q(**{f"{question}__gte": 1, f"{question}__lte": 4}),
                    name=f"survey_answer_{question}_is_a_face",
                    violation_error_message=_("There are four faces."),
                )
                for question in ("purpose", "interpreter", "next_step", "in_control")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site_id} {self.month:%Y-%m}"


class SurveyMarker(models.Model):
    """That a link has answered the survey: a keyed hash of it, which leads neither to the link nor to the answer."""

    digest = models.CharField(_("digest"), max_length=64, primary_key=True)

    class Meta:
        verbose_name = _("marker of the survey")
        verbose_name_plural = _("markers of the survey")

    def __str__(self) -> str:
        return self.digest[:6]


class LinkMeeting(models.Model):
    """A database view for whoever holds a link: where its meetings are held and how they stand, on the day itself.

    Without the paper code what was recorded is seen until the day has ended, and not later.
    """

    meeting_id = models.BigIntegerField(primary_key=True)
    chain = models.ForeignKey(Chain, models.DO_NOTHING, related_name="+")
    agency = models.ForeignKey(Agency, models.DO_NOTHING, related_name="+")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    attendance = models.CharField(_("attendance"), max_length=10)
    desk = models.CharField(_("desk"), max_length=20)
    room = models.CharField(_("room"), max_length=60)

    class Meta:
        managed = False
        db_table = "link_meetings"
        ordering = ["starts_at", "meeting_id"]

    def __str__(self) -> str:
        return f"{self.meeting_id}"
