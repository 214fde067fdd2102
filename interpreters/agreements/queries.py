"""Reads of agreements: which are valid, their terms on a day, whom they rank next."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from agencies.models import Agency, Municipality, Site
from interpreters.agreements.costs import CancelStep, Terms
from interpreters.models import Agreement, AgreementPrice, AgreementTerms, Level


def agreements() -> QuerySet[Agreement]:
    """All, with terms, prices, ranks and agencies; five queries."""
    return Agreement.objects.prefetch_related("terms__prices", "ranks", "agencies")


def valid_agreements(day: date) -> QuerySet[Agreement]:
    """Those that are valid on the day."""
    return (
        agreements()
        .filter(
            Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day, terms__valid_from__lte=day
        )
        .distinct()
    )


def is_valid(agreement: Agreement, day: date) -> bool:
    """Whether something can be ordered under it for that day."""
    ended = agreement.valid_until is not None and agreement.valid_until < day
    return agreement.valid_from <= day and not ended and _dated(agreement, day) is not None


def prices_of(agreement: Agreement, day: date, *, form: str) -> dict[str, AgreementPrice]:
    """The prices of that form on the day by level, the lowest level first."""
    dated = _dated(agreement, day)
    found = {price.level: price for price in dated.prices.all() if price.form == form} if dated else {}
    return {level: found[level] for level in reversed(Level.values) if level in found}


def terms_on(agreement: Agreement, day: date, *, form: str, level: str) -> Terms | None:
    """The terms on the day for the form and level; None if the agreement has no price for them."""
    dated, price = _dated(agreement, day), prices_of(agreement, day, form=form).get(level)
    if not dated or not price:
        return None
    return Terms(
        unit_ore=price.unit_ore,
        unit_minutes=dated.unit_minutes,
        minimum_minutes=dated.minimum_minutes,
        travel_unit_minutes=dated.travel_unit_minutes,
        travel_unit_ore=dated.travel_unit_ore,
        km_ore=dated.km_ore,
        steps=tuple(map(CancelStep, dated.cancel_hours, dated.cancel_percents)),
    )


def rank_in(agreement: Agreement, county: str) -> int | None:
    """The agreement's rank in the county, if it has one."""
    return next((one.rank for one in agreement.ranks.all() if one.county == county), None)


def next_in_rank(
    tried: Iterable[Agreement], *, agency: Agency, site: Site, day: date, form: str, level: str
) -> Agreement | None:
    """The agency's agreement that the site's county ranks after those tried, and that has a price for it."""
    keys, county = {one.pk for one in tried}, county_of(site)
    ranked = [
        (rank, one.pk, one)
        for one in valid_agreements(day).filter(agencies=agency).exclude(pk__in=keys)
        if (rank := rank_in(one, county)) is not None and level in prices_of(one, day, form=form)
    ]
    last = max((rank_in(one, county) or 0 for one in tried), default=0)
    return min((one for one in ranked if one[0] > last), default=(0, 0, None))[2]


def county_of(site: Site) -> str:
    """The county of the municipality on whose ground the site is; empty if nobody has said which."""
    return Municipality.objects.filter(site=site, is_host=True).values_list("county", flat=True).first() or ""


def _dated(agreement: Agreement, day: date) -> AgreementTerms | None:
    """The terms that are in force on the day."""
    begun = [terms for terms in agreement.terms.all() if terms.valid_from <= day]
    return max(begun, key=lambda terms: terms.valid_from, default=None)
