"""The API's list of a chain's messages, without any text."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.web.api import ApiView
from agencies.web.problem_schema import problems
from bookings.messages.fates import WHY
from bookings.messages.queries import messages_of
from bookings.models import Channel, Message
from bookings.parties.queries import chains


class MessageSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=Message.Kind.choices)
    channel = serializers.ChoiceField(choices=Channel.choices)
    language = serializers.CharField()
    due_at = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=Message.State.choices)
    attempts = serializers.IntegerField()
    sent_at = serializers.DateTimeField(allow_null=True)
    why = serializers.CharField(
        help_text=f"One of {', '.join(WHY)}, or the gateway's own code; empty where nothing needs to be said"
    )


class AskedChainSerializer(serializers.Serializer[Any]):
    chain = serializers.CharField(help_text="The chain's reference")


class DispatchList(ApiView):
    @extend_schema(
        operation_id="dispatches",
        parameters=[OpenApiParameter("chain", str, required=True, description="The chain's reference")],
        responses={200: MessageSerializer(many=True), **problems(404, 422)},
    )
    def get(self, request: Request) -> Response:
        """What has gone out to the chain's family, what is to come, and what has become of it; the last due first."""
        asked = self.validated_query(AskedChainSerializer)
        chain = get_object_or_404(chains(), reference=asked["chain"])
        return self.page_of(messages_of(chain), MessageSerializer)
