"""What the API takes and gives: assumptions in, every figure out; kronor, persons and years, unrounded."""

from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from agencies.web.known_names import KnownNames
from motesplats.followup.benefit.assumptions import (
    EFFECT,
    KRONOR,
    MOST_COSTS,
    NUMBERS,
    PIECES,
    CostKind,
    NumberLimit,
)
from motesplats.followup.benefit.calculate import BenefitResult
from motesplats.followup.benefit.effects import TransferCheck
from motesplats.followup.benefit.left_out import left_out
from motesplats.followup.benefit.stakeholders import Stakeholder

STAKEHOLDERS = [one.value for one in Stakeholder]


class UnknownNames(KnownNames):
    """Refuses members that it does not know: a misspelt one would be left open without a word."""

    unknown_name = gettext_lazy("There is no assumption of that name.")


class LimitedNumberField(serializers.DecimalField):
    """A number within its limit; one with more digits than are reckoned with is refused by it, too."""

    def __init__(self, limit: NumberLimit, **kwargs: Any) -> None:
        bounds: dict[str, Any] = {"min_value": limit.least, "max_value": limit.most}
        super().__init__(
            max_digits=None, decimal_places=limit.places, coerce_to_string=False, **bounds, **kwargs
        )

    def quantize(self, value: Decimal) -> Decimal:
        try:
            return super().quantize(value)
        except InvalidOperation:
            return value


def number_within(limit: NumberLimit) -> LimitedNumberField:
    """A number, or null for what is open."""
    return LimitedNumberField(limit, required=False, allow_null=True)


class OriginSerializer(UnknownNames):
    source = serializers.CharField(max_length=120, required=False, allow_blank=True)  # type: ignore[assignment]  # a name of DRF's too
    dated = serializers.CharField(max_length=20, required=False, allow_blank=True)


class CostLineSerializer(UnknownNames):
    """A sum, or with `number` so many hours or pieces at that price; without `paid_by` it is open who pays."""

    cost_kind = serializers.ChoiceField(choices=[kind.value for kind in CostKind])
    paid_by = serializers.ChoiceField(choices=STAKEHOLDERS, required=False, allow_null=True)
    number = number_within(PIECES)
    price = LimitedNumberField(KRONOR)
    origin = OriginSerializer(required=False)


class EffectSerializer(UnknownNames):
    """What a person's year in full-time work gives the party: money from other parties, and what is made or saved."""

    party = serializers.ChoiceField(choices=STAKEHOLDERS)
    transfer = number_within(EFFECT)
    real = number_within(EFFECT)
    origin = OriginSerializer(required=False)


class BenefitAssumptionsSerializer(UnknownNames):
    """Each member may be left out: it is open then. `cost` is a sum that nobody is named for; `costs` divides."""

    cost = number_within(KRONOR)
    costs = serializers.ListField(child=CostLineSerializer(), required=False, max_length=MOST_COSTS)
    effects = serializers.ListField(child=EffectSerializer(), required=False, max_length=len(STAKEHOLDERS))
    origins = serializers.DictField(child=OriginSerializer(), required=False)

    def get_fields(self) -> dict[str, Any]:
        return super().get_fields() | {name: number_within(limit) for name, limit in NUMBERS.items()}

    def validate_effects(self, effects: list[dict[str, Any]]) -> list[dict[str, Any]]:
        named = [effect["party"] for effect in effects]
        if len(set(named)) < len(named):
            raise serializers.ValidationError(_("Name each party once."))
        return effects

    def validate_origins(self, origins: dict[str, Any]) -> dict[str, Any]:
        if not set(origins) <= set(NUMBERS):
            raise serializers.ValidationError(_("There is no assumption of that name."))
        return origins


class FractionField(serializers.FloatField):
    """An exact figure as the nearest number that JSON readers keep; null if it is open."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, allow_null=True, **kwargs)

    def to_representation(self, value: Fraction) -> float | int:  # type: ignore[override]  # a number in JSON
        return int(value) if value.denominator == 1 else float(value)


class NeedSerializer(serializers.Serializer[Any]):
    years = FractionField()
    cost_per_year = FractionField()
    persons_needed = FractionField()
    per_participant = FractionField()
    probability = FractionField()


class BreakEvenSerializer(serializers.Serializer[Any]):
    """For `society`, `society_subsidised`, or a party."""

    whose = serializers.CharField()
    cost = FractionField()
    yearly_value = FractionField()
    needs = NeedSerializer(many=True)


class ScenarioSerializer(serializers.Serializer[Any]):
    yearly_value = FractionField()
    income = FractionField()
    profitability = FractionField()
    payback_years = FractionField()
    is_paid_back = serializers.BooleanField(allow_null=True)
    net_income = FractionField()
    net_profitability = FractionField()
    potential = FractionField()


class StakeSerializer(serializers.Serializer[Any]):
    paid = FractionField()
    free = FractionField()
    transfer = FractionField()
    real = FractionField()
    result = FractionField()


class BenefitResultSerializer(serializers.Serializer[Any]):
    """Every intermediate figure; shares are parts of 1, so that 0.11 is 11 per cent. `state` is a subtotal."""

    costs_by_kind = serializers.DictField(source="costs.by_kind", child=FractionField())
    paid = FractionField(source="costs.paid")
    free = FractionField(source="costs.free")
    resource_use = FractionField(source="costs.resource_use")
    indirect_taxes = FractionField(source="costs.indirect_taxes")
    economic_cost = FractionField(source="costs.economic_cost")
    cost_per_participant = FractionField(source="costs.per_participant")
    cost_per_year = FractionField(source="need.cost_per_year")
    persons_needed = FractionField(source="need.persons_needed")
    need_per_participant = FractionField(source="need.per_participant")
    probability = FractionField(source="need.probability")
    break_evens = BreakEvenSerializer(many=True)
    scenario = ScenarioSerializer()
    efficiency_degree = FractionField()
    cases_value = FractionField()
    parties = serializers.DictField(source="shared.stakes", child=StakeSerializer())
    state = StakeSerializer(source="shared.state")
    undivided = StakeSerializer(source="shared.undivided")
    society = StakeSerializer(source="shared.society")
    transfers_sum = FractionField(source="shared.transfers")
    transfers_check = serializers.ChoiceField(
        source="shared.check", choices=[check.value for check in TransferCheck]
    )
    open = serializers.ListField(source="open_numbers", child=serializers.CharField())
    leaves_out = serializers.SerializerMethodField()

    def get_leaves_out(self, result: BenefitResult) -> list[str]:
        return left_out(result)
