"""Order interpreters, answer for the supplier, cancel; each order with who pays which part."""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS, BasePermission, IsAuthenticated
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from agencies.web.api import ApiView
from agencies.web.csv_answers import CsvToo, csv_answer, wants_csv
from agencies.web.problem_schema import problems
from agencies.web.requests import ApiRequest
from agencies.web.roles import require_role
from bookings.interpreting.choices import interpreter_named, wish_and_agreement
from bookings.interpreting.serializers import (
    AskSerializer,
    CancelSerializer,
    ConfirmSerializer,
    NothingSerializer,
    OrderFilterSerializer,
    OrderSerializer,
    PaidPartSerializer,
    WhySerializer,
    paid_parts,
)
from bookings.interpreting.split import split_orders
from interpreters.models import InterpreterOrder
from interpreters.orders.allowed import ORDERING_ROLES
from interpreters.orders.answer import confirm_order, decline_order, receive_order
from interpreters.orders.ask import ask_next, ask_order
from interpreters.orders.close import cancel_order
from interpreters.orders.queries import orders

REQUESTS = uuid.UUID("0c9b6a54-5b8e-4f0a-9d5e-5f8f3f6f2b10")
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="The same key with the same body again gives the same order; with another body it is refused.",
)
REFUSED = problems(400, 403, 409, 413, 415, 422)


class MayOrderOrReadOnly(BasePermission):
    """Coordinators and managers order; everybody signed in reads what row level security shows."""

    def has_permission(self, request: ApiRequest, view: APIView) -> bool:  # type: ignore[override]  # as in ApiView
        if request.method not in SAFE_METHODS:
            require_role(
                request.user,
                *ORDERING_ROLES,
                message=_("The site's coordinator or the agency's manager orders interpreters."),
            )
        return True


class OrderView(ApiView):
    """Answers with an order and its split."""

    permission_classes = (IsAuthenticated, MayOrderOrReadOnly)

    def answer(self, order: InterpreterOrder) -> Any:
        """The order, read again."""
        return self.serialized(OrderSerializer, split_orders(orders().filter(pk=order.pk))[0])


class OrderList(CsvToo, OrderView):
    @extend_schema(
        operation_id="interpreter_orders",
        description="The orders at your sites: a coordinator's all, otherwise those of your own agency. As a file a "
        "row for each agency that pays a part.",
        parameters=[OrderFilterSerializer],
        responses={
            (200, "application/json"): OrderSerializer(many=True),
            (200, "text/csv"): OpenApiTypes.STR,
            **problems(422),
        },
    )
    def get(self, request: ApiRequest) -> HttpResponseBase:
        asked = self.validated_query(OrderFilterSerializer)
        asked.pop("format", None)
        found = self._chosen(**asked)
        if wants_csv(request):
            rows = paid_parts(self.serialized(OrderSerializer, split_orders(found), many=True))
            return csv_answer("interpreter-orders", PaidPartSerializer, rows)
        page = self.paginate_queryset(found) or []
        return self.get_paginated_response(self.serialized(OrderSerializer, split_orders(page), many=True))

    @extend_schema(
        operation_id="ask_interpreter",
        parameters=[IDEMPOTENCY_KEY],
        request=AskSerializer,
        responses={201: OrderSerializer, **REFUSED},
    )
    def post(self, request: ApiRequest) -> Response:
        """Ask for an interpreter on a site's day; without an agency the one orders that usually does."""
        key = request.headers.get("Idempotency-Key")
        order = ask_order(
            **wish_and_agreement(self.validated(AskSerializer)),
            request=uuid.uuid5(REQUESTS, key) if key else None,
            by=request.user,
            at=timezone.now(),
        )
        address = reverse("api:api-interpreter-order", args=[order.reference], request=request)
        return self.created(self.answer(order), at=address)

    def _chosen(self, **filters: Any) -> QuerySet[InterpreterOrder]:
        named = {"site": "site_day__location__site__code", "date": "site_day__date"}
        return orders().filter(**{named[name]: value for name, value in filters.items()})


class OrderDetail(OrderView):
    @extend_schema(operation_id="interpreter_order", responses={200: OrderSerializer, **problems(404)})
    def get(self, request: ApiRequest, reference: str) -> Response:
        """One order."""
        return Response(self.answer(get_object_or_404(orders(), reference=reference)))


def order_verb(operation_id: str, body: type[serializers.Serializer[Any]], description: str) -> Any:
    """Describes the POST of a verb in the OpenAPI document."""
    return extend_schema_view(
        post=extend_schema(
            operation_id=operation_id,
            request=body,
            description=description,
            responses={200: OrderSerializer, **REFUSED, **problems(404)},
        )
    )


class OrderVerb(OrderView):
    """Finds the order, lets the subclass call its verb, answers with the order that came of it."""

    body: type[serializers.Serializer[Any]] = NothingSerializer

    def post(self, request: ApiRequest, reference: str) -> Response:
        order = get_object_or_404(orders(), reference=reference)
        said = self.validated(self.body)
        came = self.call_verb(order, said, by=request.user, at=timezone.now())
        return Response(self.answer(came))

    def call_verb(self, order: InterpreterOrder, said: dict[str, Any], **who: Any) -> InterpreterOrder:
        raise NotImplementedError


@order_verb("receive_order", NothingSerializer, "The supplier has received the order and will answer.")
class ReceiveOrder(OrderVerb):
    def call_verb(self, order: InterpreterOrder, said: dict[str, Any], **who: Any) -> InterpreterOrder:
        return receive_order(order=order, **who)


@order_verb(
    "confirm_order", ConfirmSerializer, "The supplier sends somebody; only an open order is confirmed."
)
class ConfirmOrder(OrderVerb):
    body = ConfirmSerializer

    def call_verb(self, order: InterpreterOrder, said: dict[str, Any], **who: Any) -> InterpreterOrder:
        if "interpreter" in said:
            said["interpreter"] = interpreter_named(said["interpreter"], site_day=order.site_day)
        return confirm_order(order=order, **said, **who)


@order_verb("decline_order", WhySerializer, "The supplier has nobody. Then the next in rank may be asked.")
class DeclineOrder(OrderVerb):
    body = WhySerializer

    def call_verb(self, order: InterpreterOrder, said: dict[str, Any], **who: Any) -> InterpreterOrder:
        return decline_order(order=order, why=said.get("reason", ""), **who)


@order_verb("ask_next", NothingSerializer, "Ask whom the county ranks next; answers with the new order.")
class AskNext(OrderVerb):
    def call_verb(self, order: InterpreterOrder, said: dict[str, Any], **who: Any) -> InterpreterOrder:
        return ask_next(order=order, **who)


@order_verb(
    "cancel_order", CancelSerializer, "Cancel the order for what that costs by the agreement's steps."
)
class CancelOrder(OrderVerb):
    body = CancelSerializer

    def call_verb(self, order: InterpreterOrder, said: dict[str, Any], **who: Any) -> InterpreterOrder:
        return cancel_order(order=order, why=said.get("reason", ""), seen_ore=said.get("cost"), **who)
