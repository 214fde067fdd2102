import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Site, SiteDay
from bookings.models.chains import Chain, Meeting
from bookings.models.parties import Party
from interpreters.models import Agreement, Form, Interpreter, InterpreterOrder


class ChainOrder(models.Model):
    """The order whose interpreter comes from outside to this chain; one of the pool is known by the claims."""

    chain = models.OneToOneField(
        Chain, models.CASCADE, primary_key=True, related_name="+", verbose_name=_("chain")
    )
    order = models.ForeignKey(
        InterpreterOrder, models.PROTECT, related_name="+", verbose_name=_("interpreter order")
    )

    class Meta:
        verbose_name = _("order of a chain")
        verbose_name_plural = _("orders of chains")

    def __str__(self) -> str:
        return f"{self.chain_id} {self.order_id}"


class OrderMinutes(models.Model):
    """A database view: for how many minutes each agency meets somebody with an order's interpreter; no parties.

    `shared_by`: how many agencies meet somebody together in these minutes, each of which has a row with them.
    """

    order = models.OneToOneField(
        InterpreterOrder, models.DO_NOTHING, primary_key=True, related_name="+"
    )  # one of several rows: Django asks for a key
    agency = models.ForeignKey(Agency, models.DO_NOTHING, related_name="+")
    minutes = models.IntegerField()
    shared_by = models.IntegerField()

    class Meta:
        managed = False
        db_table = "order_minutes"

    def __str__(self) -> str:
        return f"{self.order_id} {self.agency_id} {self.minutes}"


class InterpretedMeeting(models.Model):
    """A database view for a site's coordinator: the meetings that need an interpreter, by number, without parties.

    `language` is empty where the identity is protected and the party another agency's. A meeting in a group has the
    group's interpreter, or none; `together_with_id` is the meeting whose interpreter is for both.
    """

    meeting = models.OneToOneField(Meeting, models.DO_NOTHING, primary_key=True, related_name="+")
    chain_id = models.BigIntegerField()
    site_day = models.ForeignKey(SiteDay, models.DO_NOTHING, related_name="+")
    agency = models.ForeignKey(Agency, models.DO_NOTHING, related_name="+")
    interpreter = models.ForeignKey(Interpreter, models.DO_NOTHING, related_name="+", null=True)
    order_id = models.BigIntegerField(null=True)
    outside_interpreter = models.CharField(
        _("interpreter from outside"), max_length=9, choices=Chain.Outside, blank=True
    )
    language = models.CharField(_("language"), max_length=3)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    together_with_id = models.BigIntegerField(null=True)
    group_id = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "interpreted_meetings"
        ordering = ["starts_at", "meeting_id"]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.starts_at}"


class UnwantedInterpreter(models.Model):
    """An interpreter whom a party does not wish to have again; why is not kept."""

    party = models.ForeignKey(
        Party, models.CASCADE, related_name="unwanted_interpreters", verbose_name=_("party")
    )
    interpreter = models.ForeignKey(
        Interpreter, models.PROTECT, related_name="+", verbose_name=_("interpreter")
    )
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))

    class Meta:
        verbose_name = _("interpreter not wished for")
        verbose_name_plural = _("interpreters not wished for")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "interpreter"],
                name="interpreter_unwanted_once",
                violation_error_message=_("That is noted already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.interpreter)


class Understanding(models.Model):
    """How well people understood each other through the interpreter of a meeting; the last row counts.

    It tells of the interpreting, never of who interpreted: that stands in no report.
    """

    class Degree(models.TextChoices):
        YES = "yes", _("understood")
        PARTLY = "partly", _("partly")
        NO = "no", _("did not understand")

    class Why(models.TextChoices):
        SOUND = "sound", _("sound or picture")
        DIALECT = "dialect", _("dialect")
        LANGUAGE = "language", _("another language")
        TERMS = "terms", _("words of the trade")
        LEFT_OUT = "left_out", _("not all was interpreted")
        OTHER = "other", _("something else")

    # The database deletes the rows with their meeting, so that nobody needs to be let delete them.
    meeting = models.ForeignKey(
        Meeting, models.DO_NOTHING, related_name="+", verbose_name=_("meeting"), db_constraint=False
    )
    degree = models.CharField(_("did you understand each other"), max_length=6, choices=Degree)
    why = models.CharField(_("why not"), max_length=8, choices=Why, blank=True)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))

    class Meta:
        verbose_name = _("understanding")
        verbose_name_plural = _("understanding")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(why="") | ~Q(degree="yes"),
                name="understanding_says_why_not",
                violation_error_message=_("Why is said of what was not understood alone."),
            )
        ]
        triggers = [pgtrigger.Protect(name="stays_as_it_was", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.degree} {self.at}"


class Understood(models.Model):
    """A database view: marks of meetings by site, month, language, form and agreement; no parties, no interpreters."""

    id = models.BigIntegerField(primary_key=True)
    month = models.DateField(_("month"))
    site = models.ForeignKey(Site, models.DO_NOTHING, related_name="+")
    language = models.CharField(_("language"), max_length=3)
    form = models.CharField(_("form"), max_length=6, choices=Form, blank=True)
    agreement = models.ForeignKey(Agreement, models.DO_NOTHING, related_name="+", null=True)
    degree = models.CharField(_("did you understand each other"), max_length=6, choices=Understanding.Degree)
    why = models.CharField(_("why not"), max_length=8, choices=Understanding.Why, blank=True)
    meetings = models.IntegerField(_("meetings"))

    class Meta:
        managed = False
        db_table = "understood_meetings"

    def __str__(self) -> str:
        return f"{self.language} {self.form} {self.degree} {self.meetings}"
