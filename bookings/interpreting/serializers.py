"""Orders of interpreters as the API reads and writes them; money in öre."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agencies.models import Sex
from agencies.web.codes import agency_field
from agencies.web.csv_answers import FormatSerializer
from bookings.interpreting.split import SplitOrder
from interpreters.models import Form, InterpreterOrder, Level
from interpreters.models.orders import LONGEST_WHY
from interpreters.orders.queries import cancellation_of

MOST_MINUTES, MOST_KM = 24 * 60, 2000


class OrderFilterSerializer(FormatSerializer):
    site = serializers.CharField(required=False, help_text="The site's code")
    date = serializers.DateField(required=False, help_text="One day's orders only")


class AskSerializer(serializers.Serializer[Any]):
    """What is asked for; hours as HH:MM in Stockholm's time."""

    site = serializers.CharField(help_text="The site's code")
    location = serializers.CharField(
        required=False, help_text="The location's name, if it is not the main place"
    )
    date = serializers.DateField()
    language = serializers.CharField(help_text="ISO 639-3, or a letter's language")
    starts = serializers.TimeField()
    ends = serializers.TimeField()
    agreement = serializers.CharField(help_text="The agreement's contract number")
    form = serializers.ChoiceField(choices=Form.choices)
    agency = agency_field(required=False)
    level = serializers.ChoiceField(choices=Level.choices, required=False)
    sex = serializers.ChoiceField(choices=Sex.choices, required=False)
    interpreter = serializers.CharField(required=False, help_text="Somebody of the site's pool, by name")


class ConfirmSerializer(serializers.Serializer[Any]):
    interpreter = serializers.CharField(required=False, help_text="Somebody of the site's pool, by name")
    travel_minutes = serializers.IntegerField(required=False, min_value=0, max_value=MOST_MINUTES)
    travel_km = serializers.IntegerField(required=False, min_value=0, max_value=MOST_KM)


class WhySerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(
        required=False, allow_blank=True, max_length=LONGEST_WHY, help_text="Name nobody."
    )


class CancelSerializer(WhySerializer):
    cost = serializers.IntegerField(
        required=False, min_value=0, help_text="The cost that was shown, in öre: if it is more by now, 409"
    )


class NothingSerializer(serializers.Serializer[Any]):
    """Nothing needs to be said."""


class ShareSerializer(serializers.Serializer[Any]):
    """An agency's part."""

    agency = agency_field()
    name = serializers.CharField()
    minutes = serializers.IntegerField()
    cost = serializers.IntegerField(help_text="In öre")


class OrderSerializer(serializers.Serializer[SplitOrder]):
    """An order; the minutes and costs of its split add up to its own."""

    reference = serializers.CharField(source="order.reference")
    state = serializers.SerializerMethodField()
    site = serializers.CharField(source="order.site_day.location.site.code")
    date = serializers.DateField(source="order.site_day.date")
    agency = agency_field(source="order.agency.code")
    agreement = serializers.CharField(source="order.agreement.contract_number")
    supplier = serializers.CharField(source="order.agreement.supplier")
    language = serializers.CharField(source="order.language")
    form = serializers.ChoiceField(source="order.form", choices=Form.choices)
    level = serializers.ChoiceField(source="order.level", choices=Level.choices)
    interpreter = serializers.CharField(source="order.interpreter.name", default=None, allow_null=True)
    starts_at = serializers.DateTimeField(source="order.starts_at")
    ends_at = serializers.DateTimeField(source="order.ends_at")
    minutes = serializers.IntegerField(
        help_text="Those that are split: of the meetings, or while there are none all that is ordered"
    )
    paid_minutes = serializers.IntegerField(source="charge.paid_minutes")
    waiting_minutes = serializers.IntegerField(help_text="Paid without a meeting")
    cost = serializers.IntegerField(source="ore", help_text="In öre")
    cancellation_cost = serializers.SerializerMethodField(help_text="What cancelling costs just now, in öre")
    former = serializers.CharField(source="order.former.reference", default=None, allow_null=True)
    successor = serializers.CharField(source="order.successor.reference", default=None, allow_null=True)
    split = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(choices=InterpreterOrder.State.choices))
    def get_state(self, found: SplitOrder) -> str:
        return found.order.state_at(self.context["at"])

    def get_cancellation_cost(self, found: SplitOrder) -> int:
        return cancellation_of(found.order, at=self.context["at"])

    @extend_schema_field(ShareSerializer(many=True))
    def get_split(self, found: SplitOrder) -> list[dict[str, Any]]:
        return [
            {"agency": agency.code, "name": str(agency), "minutes": share.minutes, "cost": share.ore}
            for agency, share in found.shares.items()
        ]


class PaidPartSerializer(serializers.Serializer[Any]):
    """A row of the orders as a file: what an agency pays of one; an order's rows add up to its minutes and cost."""

    reference = serializers.CharField()
    state = serializers.CharField()
    site = serializers.CharField()
    date = serializers.DateField()
    language = serializers.CharField()
    form = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    agreement = serializers.CharField()
    supplier = serializers.CharField()
    pays = agency_field()
    minutes = serializers.IntegerField()
    cost = serializers.IntegerField(help_text="In öre")


def paid_parts(orders: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows of the file from the orders as `OrderSerializer` writes them."""
    for order in orders:
        for share in order["split"]:
            yield {**order, "pays": share["agency"], "minutes": share["minutes"], "cost": share["cost"]}
