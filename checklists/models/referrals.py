from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.codes import AgencyCodeField
from agencies.models import Agency
from checklists.models.checked import Checked
from checklists.models.checklists import Checklist


class ReferralKind(Checked):  # type: ignore[django-manager-missing]  # that of `changes` is made at run time
    """A kind of joint effort of several agencies: its precondition, and which agencies may start it."""

    objects: ClassVar[models.Manager["ReferralKind"]]

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=80)
    purpose = models.CharField(_("what it is for"), max_length=200)
    precondition = models.CharField(_("what must hold first"), max_length=300)
    started_by = models.CharField(_("who starts it"), max_length=120)
    starters = ArrayField(
        AgencyCodeField(),
        verbose_name=_("agencies that may start it"),
        default=list,
        blank=True,
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("kind of referral")
        verbose_name_plural = _("kinds of referrals")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Referral(models.Model):
    """A joint effort that an agency has started for a party."""

    checklist = models.ForeignKey(
        Checklist, models.CASCADE, related_name="referrals", verbose_name=_("checklist")
    )
    kind = models.ForeignKey(ReferralKind, models.PROTECT, related_name="+", verbose_name=_("kind"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    started_on = models.DateField(_("started"))
    precondition_holds = models.BooleanField(_("the precondition holds"))
    referred_at = models.DateTimeField(_("referred"))
    referred_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("referred by")
    )

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        ordering = ["referred_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["checklist", "kind", "agency"],
                name="referral_once_per_kind",
                violation_error_message=_("Your agency has already started that."),
            ),
            models.CheckConstraint(
                condition=Q(precondition_holds=True),
                name="referral_has_its_precondition",
                violation_error_message=_("First make sure that the precondition holds."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_id} {self.started_on}"
