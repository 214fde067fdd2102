"""The checklist and consent over the API: what the user's agency sees and asks, and what it writes."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.web.api import ApiView
from agencies.web.problem_schema import problems
from checklists.models import Part
from checklists.steps.sheet import Section, Sheet, parts_of, sheet_of, steps_of
from checklists.steps.tick import tick_step, untick_step


class TickSerializer(serializers.Serializer):
    done_on = serializers.DateField(allow_null=True, help_text="Null takes the tick back")
    outcome = serializers.CharField(
        required=False, allow_blank=True, default="", help_text="A code of the step"
    )


class StepSerializer(serializers.Serializer):
    key = serializers.CharField()
    text = serializers.CharField()
    done_on = serializers.DateField(allow_null=True)
    outcome = serializers.CharField(allow_blank=True)
    by_check_in = serializers.BooleanField(help_text="Done by checking the party in, never by ticking")
    outcomes = serializers.ListField(child=serializers.CharField())


class SectionSerializer(serializers.Serializer):
    """An agency's steps; only those that you may see are there."""

    agency = serializers.CharField(source="part.agency.code")
    is_own = serializers.BooleanField(source="part.is_own")
    steps = serializers.SerializerMethodField()

    @extend_schema_field(StepSerializer(many=True))
    def get_steps(self, section: Section) -> list[dict[str, Any]]:
        return StepSerializer(
            [
                {
                    "key": step.key,
                    "text": line.text,
                    "done_on": line.done_on,
                    "outcome": tick.outcome.code if tick and tick.outcome else "",
                    "by_check_in": step.by_check_in,
                    "outcomes": [outcome.code for outcome in step.outcomes.all()],
                }
                for step, line in zip(section.steps, section.lines, strict=True)
                for tick in [section.ticks.get(step.pk)]
            ],
            many=True,
        ).data


class NextSerializer(serializers.Serializer):
    key = serializers.CharField()
    agency = serializers.CharField()
    text = serializers.CharField()


class ProgressSerializer(serializers.Serializer):
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    next = NextSerializer(allow_null=True)


class ReferralSerializer(serializers.Serializer):
    kind = serializers.CharField(source="kind.code")
    agency = serializers.CharField(source="agency.code")
    started_on = serializers.DateField()


class ChecklistSerializer(serializers.Serializer):
    """A chain's checklist as your agency sees it."""

    reference = serializers.CharField()
    track = serializers.IntegerField(source="template.track.number")
    version = serializers.IntegerField(source="template.version")
    progress = ProgressSerializer()
    agencies = SectionSerializer(source="sections", many=True)
    referrals = ReferralSerializer(many=True)
    note = serializers.CharField(source="note.text", default=None, allow_null=True)


class ChecklistDetail(ApiView):
    @extend_schema(operation_id="checklist", responses={200: ChecklistSerializer, **problems(401, 404)})
    def get(self, request: Request, reference: str) -> Response:
        """The checklist of a chain that your agency summons or meets."""
        return Response(self.serialized(ChecklistSerializer, _sheet(reference)))


class TickStep(ApiView):
    @extend_schema(
        operation_id="tick_step",
        request=TickSerializer,
        responses={200: ChecklistSerializer, **problems(400, 401, 403, 404, 409, 415, 422)},
    )
    def post(self, request: Request, reference: str, key: str) -> Response:
        """Tick a step of your own agency, or take the tick back."""
        part = _own(reference)
        step = get_object_or_404(steps_of(part, on=timezone.localdate()), key=key)
        asked, at = self.validated(TickSerializer), timezone.now()
        if asked["done_on"] is None:
            untick_step(part=part, step=step, by=request.user, at=at)
        else:
            tick_step(part=part, step=step, **asked, by=request.user, at=at)
        return Response(self.serialized(ChecklistSerializer, _sheet(reference)))


def _own(reference: str) -> Part:
    part = next((part for part in parts_of(reference) if part.is_own), None)
    if part is None:
        raise Http404
    return part


def _sheet(reference: str) -> Sheet:
    parts = parts_of(reference)
    sheet = sheet_of(parts, on=timezone.localdate()) if parts else None
    if sheet is None:
        raise Http404
    return sheet
