"""Add outcomes and kinds of referrals, and say how long a consent holds, from a day on."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from agencies.models import User
from agencies.rules.dated import require_ahead, require_secretariat
from agencies.sites.saving import check
from checklists.models import ConsentPeriod, Outcome, ReferralKind


@transaction.atomic
def add_outcome(*, code: str, names: Mapping[str, str], valid_from: date, by: User, at: datetime) -> Outcome:
    """Add a way in which a step may end, its names drafts. Raises RulesKeptByOthers and ValueNotAllowed."""
    require_secretariat(by)
    require_ahead(valid_from, at=at)
    outcome = Outcome(code=code, valid_from=valid_from, **names)
    check(outcome)
    outcome.save()
    return outcome


@transaction.atomic
def add_referral_kind(
    *, code: str, texts: Mapping[str, str], starters: list[str], valid_from: date, by: User, at: datetime
) -> ReferralKind:
    """Add a kind of joint effort with what must hold first, its texts drafts. Raises as add_outcome."""
    require_secretariat(by)
    require_ahead(valid_from, at=at)
    kind = ReferralKind(code=code, starters=starters, valid_from=valid_from, **texts)
    check(kind)
    kind.save()
    return kind


@transaction.atomic
def set_period(*, category: str, days: int, valid_from: date, by: User, at: datetime) -> ConsentPeriod:
    """Let a yes to the category hold so many days, on days from that one on; given consents keep their end.

    A period from that same day, which is not in force yet, is replaced. Raises as add_outcome.
    """
    require_secretariat(by)
    require_ahead(valid_from, at=at)
    same: dict[str, Any] = {"category": category, "valid_from": valid_from}
    period = ConsentPeriod.objects.filter(**same).first() or ConsentPeriod(**same)
    period.days = days
    check(period)
    period.save()
    return period
