from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from bookings.models import Chain
from checklists.models.templates import Outcome, Step, Template


class Checklist(models.Model):
    """The checklist of a chain, with the template in force when something was first written in it.

    While it is hidden, only the party sees all of it; once it is deleted, nobody does. An agency always sees its own
    ticks.
    """

    chain = models.OneToOneField(Chain, models.CASCADE, related_name="+", verbose_name=_("chain"))
    template = models.ForeignKey(
        Template, models.PROTECT, related_name="+", verbose_name=_("template of a checklist")
    )
    opened_at = models.DateTimeField(_("opened"))
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True)
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)

    class Meta:
        verbose_name = _("checklist")
        verbose_name_plural = _("checklists")
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.chain_id}"


class Tick(models.Model):
    """An agency's statement that a step of its own is done; one taken back stays as history."""

    checklist = models.ForeignKey(
        Checklist, models.CASCADE, related_name="ticks", verbose_name=_("checklist")
    )
    step = models.ForeignKey(Step, models.PROTECT, related_name="+", verbose_name=_("step"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    done_on = models.DateField(_("done"))
    outcome = models.ForeignKey(
        Outcome, models.PROTECT, related_name="+", verbose_name=_("outcome"), null=True, blank=True
    )
    ticked_at = models.DateTimeField(_("ticked"))
    ticked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ticked by")
    )
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("taken back by"),
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("tick")
        verbose_name_plural = _("ticks")
        ordering = ["ticked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["checklist", "step", "agency"],
                condition=Q(taken_back_at=None),
                name="tick_once_per_step",
                violation_error_message=_("That step is already ticked."),
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__gte=F("ticked_at"), taken_back_by__isnull=False),
                name="tick_is_taken_back_by_somebody",
                violation_error_message=_("A tick is taken back by somebody, and after it was made."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step_id} {self.done_on}"

    @property
    def version(self) -> str:
        """What it says; whoever changes it tells which version was seen."""
        return f"{self.done_on}.{self.outcome.code if self.outcome else ''}"
