from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models.organisation import Agency


class RetentionRule(models.Model):
    """How long a type of data is kept, from when it is counted and by which decision; without one it is kept."""

    class Action(models.TextChoices):
        KEEP = "keep", _("keep")
        FOLLOW = "follow", _("goes with what it belongs to")
        ANONYMISE = "anonymise", _("anonymise")
        DELETE = "delete", _("delete")

    class Since(models.TextChoices):
        REGISTERED = "registered", _("the registration")
        LAST_DAY = "last_day", _("the party's last day")
        ENDED = "ended", _("the end of its validity")
        MADE = "made", _("the making")

    data_type = models.CharField(_("type of data"), max_length=60)
    agency = models.ForeignKey(
        Agency,
        models.CASCADE,
        related_name="retention_rules",
        verbose_name=_("agency"),
        null=True,
        blank=True,
        help_text=_("Empty: for every agency that has not decided for itself."),
    )
    holds_persons = models.BooleanField(_("holds personal data"), default=True)
    action = models.CharField(_("action"), max_length=9, choices=Action)
    follows = models.CharField(_("belongs to"), max_length=60, blank=True)
    since = models.CharField(_("counted from"), max_length=10, choices=Since, blank=True)
    months = models.PositiveSmallIntegerField(_("months"), default=0)
    days = models.PositiveSmallIntegerField(_("days"), default=0)
    why = models.CharField(_("why"), max_length=200, blank=True)
    decision = models.CharField(_("retention decision"), max_length=120, blank=True)
    registration_number = models.CharField(
        _("registration number of the decision"), max_length=60, blank=True
    )
    decided_on = models.DateField(_("day of the decision"), null=True, blank=True)
    is_decided = models.BooleanField(
        _("is decided"), default=False, help_text=_("Until then the rule is a draft, and everything is kept.")
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("retention rule")
        verbose_name_plural = _("retention rules")
        ordering = ["data_type", F("agency").asc(nulls_first=True), "action", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["data_type", "agency", "action", "valid_from"],
                name="retention_rule_once_each",
                nulls_distinct=False,
                violation_error_message=_("There is already such a rule from that day."),
            ),
            models.CheckConstraint(
                condition=Q(action__in=["keep", "follow"]) | ~Q(since=""),
                name="retention_rule_counts_from_a_date",
                violation_error_message=_("Say from when the time is counted."),
            ),
            models.CheckConstraint(
                condition=Q(action__in=["keep", "follow"]) | Q(is_decided=False) | ~Q(decision=""),
                name="retention_rule_rests_on_a_decision",
                violation_error_message=_(
                    "Public records are kept unless a decision says otherwise: name it."
                ),
            ),
            models.CheckConstraint(
                condition=Q(action="follow") & ~Q(follows="") | ~Q(action="follow") & Q(follows=""),
                name="retention_rule_says_what_it_follows",
                violation_error_message=_("Say what it belongs to, or count the time."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from__lte=F("valid_to")),
                name="retention_rule_begins_before_it_ends",
                violation_error_message=_("A rule begins before it ends."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.data_type}: {self.get_action_display()}"
