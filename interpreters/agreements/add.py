"""Add agreements, and terms from a later day on."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from agencies.refusals import Refusal
from interpreters.agreements.costs import CancelStep
from interpreters.agreements.keeper import require_keeper
from interpreters.models import Agreement, AgreementPrice, AgreementRank, AgreementTerms

Prices = Mapping[tuple[str, str], int]


class AgreementNotAdded(Refusal):
    """What was typed cannot be an agreement."""

    kind = "agreement-not-added"


@transaction.atomic
def add_agreement(  # noqa: PLR0913  what stands on its first page
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
    by: User | None = None,
) -> Agreement:
    """Add an agreement of these agencies; `ranks` by county. Without `by` no role is asked for.

    Raises AgreementNotAdded and NotForYourRole.
    """
    agencies = list(agencies)
    if by:
        require_keeper(by, agencies)
    if not agencies:
        raise AgreementNotAdded(_("Choose agencies."), errors={"agencies": [_("Choose agencies.")]})
    if orderer and orderer not in agencies:
        message = _("The agency that orders is one of the agreement's.")
        raise AgreementNotAdded(message, errors={"orderer": [message]})
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
    by: User | None = None,
) -> AgreementTerms:
    """Add terms from a day on; prices in öre for a unit by form and level, `travel` is minutes and öre of a unit.

    Without `by` no role is asked for. Raises AgreementNotAdded and NotForYourRole.
    """
    if by:
        require_keeper(by, agreement.agencies.all())
    if not prices:
        raise AgreementNotAdded(_("Write what at least one form and level costs."))
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
