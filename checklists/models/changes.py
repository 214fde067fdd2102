from django.utils.translation import gettext_lazy as _

from agencies.models.changes import changes_of, from_first_to_last
from checklists.models.periods import ConsentPeriod
from checklists.models.referrals import ReferralKind
from checklists.models.templates import Outcome


class OutcomeChange(
    changes_of(  # type: ignore[misc]  # made at run time
        Outcome, *from_first_to_last(), fields=["code", "name", "valid_from", "valid_to", "version"]
    )
):
    class Meta:
        verbose_name = _("change of an outcome")
        verbose_name_plural = _("changes of outcomes")
        ordering = ["-pgh_id"]


class ReferralKindChange(
    changes_of(  # type: ignore[misc]  # made at run time
        ReferralKind,
        *from_first_to_last(),
        fields=[
            "code",
            "name",
            "purpose",
            "precondition",
            "started_by",
            "starters",
            "valid_from",
            "valid_to",
            "version",
        ],
    )
):
    class Meta:
        verbose_name = _("change of a kind of referral")
        verbose_name_plural = _("changes of kinds of referrals")
        ordering = ["-pgh_id"]


class ConsentPeriodChange(
    changes_of(  # type: ignore[misc]  # made at run time
        ConsentPeriod, *from_first_to_last(), fields=["category", "days", "valid_from"]
    )
):
    class Meta:
        verbose_name = _("change of a period of consent")
        verbose_name_plural = _("changes of periods of consent")
        ordering = ["-pgh_id"]
