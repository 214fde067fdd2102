from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.validators import validate_plain
from bookings.models.chains import Chain
from bookings.models.parties import Newcomer, Party
from bookings.models.summons import Link


class SummonsAnswer(models.Model):
    """What an adult has answered to the summons; a later answer replaces it, and both are kept.

    A wish for help stands beside the answer whether one comes. `settled_at`: somebody of the agency has dealt with
    it, or, without `settled_by`, the family has chosen another day itself.
    """

    class Kind(models.TextChoices):
        YES = "yes", _("is coming")
        ANOTHER_TIME = "another_time", _("needs another time")
        HELP = "help", _("wishes to be called back")

    class Why(models.TextChoices):
        ILL = "ill", _("somebody is ill")
        CHILDREN = "children", _("the children")
        WORK = "work", _("work or a course")
        JOURNEY = "journey", _("the journey")
        PAPERS = "papers", _("papers are missing")
        OTHER = "other", _("something else")

    class Period(models.TextChoices):
        MORNING = "morning", _("morning")
        AFTERNOON = "afternoon", _("afternoon")

    class Source(models.TextChoices):
        PAGE = "page", _("by the link")
        SMS = "sms", _("by text message")
        EMAIL = "email", _("by e-mail")
        TELEPHONE = "telephone", _("by telephone")

    party = models.ForeignKey(Party, models.CASCADE, related_name="answers", verbose_name=_("party"))
    chain = models.ForeignKey(Chain, models.CASCADE, related_name="answers", verbose_name=_("chain"))
    link = models.ForeignKey(
        Link, models.SET_NULL, related_name="answers", verbose_name=_("link"), null=True, blank=True
    )
    newcomer = models.ForeignKey(
        Newcomer, models.CASCADE, related_name="+", verbose_name=_("who answered"), db_index=False
    )
    kind = models.CharField(_("answer"), max_length=12, choices=Kind)
    why = models.CharField(_("why"), max_length=8, choices=Why, blank=True)
    text = models.CharField(_("in own words"), max_length=300, blank=True, validators=[validate_plain])
    call_language = models.CharField(_("language of the call"), max_length=3, blank=True)
    call_period = models.CharField(_("time of the call"), max_length=9, choices=Period, blank=True)
    call_number = models.CharField(_("number to call"), max_length=20, blank=True)
    source = models.CharField(_("how it came"), max_length=9, choices=Source)
    given_at = models.DateTimeField(_("given"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("taken down by"),
        null=True,
        blank=True,
    )
    replaced_at = models.DateTimeField(_("replaced or taken back"), null=True, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("settled by"),
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["given_at", "pk"]
        indexes = [
            models.Index(fields=["chain", "given_at"], name="answer_by_chain"),
            models.Index(
                fields=["given_at"],
                condition=Q(replaced_at=None, settled_at=None) & ~Q(kind="yes"),
                name="answer_waits",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["chain", "newcomer"],
                condition=Q(replaced_at=None) & ~Q(kind="help"),
                name="answer_one_holds",
                violation_error_message=_("Another answer holds already."),
            ),
            models.UniqueConstraint(
                fields=["chain", "newcomer"],
                condition=Q(replaced_at=None, kind="help"),
                name="answer_one_call",
                violation_error_message=_("A call back is asked for already."),
            ),
            models.CheckConstraint(
                condition=Q(call_language="", call_period="", call_number="") | Q(kind="help"),
                name="answer_call_is_for_help",
                violation_error_message=_("Only whoever wishes a call says when and how."),
            ),
            models.CheckConstraint(
                condition=Q(settled_by=None) | Q(settled_at__isnull=False),
                name="answer_settled_at_a_time",
                violation_error_message=_("What is settled has a time."),
            ),
            models.CheckConstraint(
                condition=Q(source="telephone", given_by__isnull=False)
                | ~Q(source="telephone") & Q(given_by=None),
                name="answer_by_telephone_is_taken_down",
                violation_error_message=_("Staff take down what is said by telephone, and nothing else."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain_id} {self.kind}"
