"""Add agreements, and terms from a later day on."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Agency
from agencies.refusals import Refusal
from interpreters.agreements.costs import CancelStep
from interpreters.models import Agreement, AgreementPrice, AgreementRank, AgreementTerms

Prices = Mapping[tuple[str, str], int]


class AgreementNotAdded(Refusal):
    """What was typed cannot be an agreement."""

    kind = "agreement-not-added"


@transaction.atomic
def add_agreement(
    *,
    contract_number: str,
    name: str,
    kind: str,
    supplier: str,
    agencies: Iterable[Agency],
    valid_from: date,
    valid_until: date | None = None,
    orderer: Agency | None = None,
    ranks: Mapping[str, int] | None = None,
) -> Agreement:
    """Add an agreement of these agencies; `ranks` by county. Raises AgreementNotAdded."""
    agencies = list(agencies)
    if not agencies or (orderer and orderer not in agencies):
        raise AgreementNotAdded(
            _("The agency that orders is one of the agreement's."),
            errors={"agencies": [_("Choose agencies.")]},
        )
    agreement = Agreement(
        contract_number=contract_number,
        name=name,
        kind=kind,
        supplier=supplier,
        orderer=orderer,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    _insert(agreement)
    agreement.agencies.set(agencies)
    for county, rank in (ranks or {}).items():
        _insert(AgreementRank(agreement=agreement, county=county, rank=rank))
    return agreement


@transaction.atomic
def add_terms(
    *,
    agreement: Agreement,
    valid_from: date,
    prices: Prices,
    steps: Iterable[CancelStep] = (),
    unit_minutes: int = 30,
    minimum_minutes: int = 0,
    travel: tuple[int, int] = (30, 0),
    km_ore: int = 0,
) -> AgreementTerms:
    """Add terms from a day on; prices in öre for a unit by form and level, `travel` is minutes and öre of a unit.

    Raises AgreementNotAdded.
    """
    steps = list(steps)
    terms = AgreementTerms(
        agreement=agreement,
        valid_from=valid_from,
        unit_minutes=unit_minutes,
        minimum_minutes=minimum_minutes,
        travel_unit_minutes=travel[0],
        travel_unit_ore=travel[1],
        km_ore=km_ore,
        cancel_hours=[step.hours for step in steps],
        cancel_percents=[step.percent for step in steps],
    )
    _insert(terms)
    for (form, level), ore in prices.items():
        _insert(AgreementPrice(terms=terms, form=form, level=level, unit_ore=ore))
    return terms


def _insert(row: Any) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        message = " ".join(error.messages)
        raise AgreementNotAdded(message, errors=error.message_dict) from error
    row.save(force_insert=True)
