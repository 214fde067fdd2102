"""The checklist over the API: what the user's agency sees of it, and ticking its own steps."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from agencies.web.api import ApiView
from agencies.web.codes import agency_field
from agencies.web.problem_schema import problems
from agencies.web.requests import ApiRequest
from checklists.models import Part, Step, Tick
from checklists.steps.progress import ChecklistLine
from checklists.steps.sheet import AgencySection, Sheet, parts_of, sheet_of, steps_of, version_of
from checklists.steps.tick import tick_step, untick_step


class TickSerializer(serializers.Serializer[Any]):
    done_on = serializers.DateField(allow_null=True, help_text="Null takes the tick back")
    outcome = serializers.CharField(
        required=False, allow_blank=True, default="", help_text="A code of the step"
    )
    version = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        help_text="That of the step as you read it; then a colleague's later tick is not overwritten",
    )


class StepSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    text = serializers.CharField()
    done_on = serializers.DateField(allow_null=True)
    outcome = serializers.CharField(allow_blank=True)
    version = serializers.CharField(help_text="Give it back with a change of this step")
    by_check_in = serializers.BooleanField(help_text="Done by checking the party in, never by ticking")
    outcomes = serializers.ListField(child=serializers.CharField())


class AgencySectionSerializer(serializers.Serializer[Any]):
    """An agency's steps; only those that you may see are there."""

    agency = agency_field(source="part.agency.code")
    is_own = serializers.BooleanField(source="part.is_own")
    steps = serializers.SerializerMethodField()

    @extend_schema_field(StepSerializer(many=True))
    def get_steps(self, section: AgencySection) -> Any:
        lines = zip(section.steps, section.lines, strict=True)
        rows = [_step_row(step, line, section.ticks.get(step.pk)) for step, line in lines]
        return StepSerializer(rows, many=True).data


def _step_row(step: Step, line: ChecklistLine, tick: Tick | None) -> dict[str, Any]:
    return {
        "key": step.key,
        "text": line.text,
        "done_on": line.done_on,
        "outcome": tick.outcome.code if tick and tick.outcome else "",
        "version": version_of(tick),
        "by_check_in": step.by_check_in,
        "outcomes": [outcome.code for outcome in step.outcomes.all()],
    }


class NextSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    agency = agency_field()
    text = serializers.CharField()


class ProgressSerializer(serializers.Serializer[Any]):
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    next = NextSerializer(allow_null=True)


class ReferralSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField(source="kind.code")
    agency = agency_field(source="agency.code")
    started_on = serializers.DateField()


class ChecklistSerializer(serializers.Serializer[Any]):
    """A chain's checklist as your agency sees it."""

    reference = serializers.CharField()
    track = serializers.IntegerField(source="template.track.number")
    version = serializers.IntegerField(source="template.version")
    progress = ProgressSerializer()
    agencies = AgencySectionSerializer(source="sections", many=True)
    referrals = ReferralSerializer(many=True)
    note = serializers.CharField(source="note.text", default=None, allow_null=True)


class ChecklistDetail(ApiView):
    @extend_schema(operation_id="checklist", responses={200: ChecklistSerializer, **problems(404)})
    def get(self, request: ApiRequest, reference: str) -> Response:
        """The checklist of a chain that your agency summons or meets."""
        return Response(self.serialized(ChecklistSerializer, _sheet(reference)))


class TickStep(ApiView):
    @extend_schema(
        operation_id="tick_step",
        request=TickSerializer,
        responses={200: ChecklistSerializer, **problems(400, 403, 404, 409, 413, 415, 422)},
    )
    def post(self, request: ApiRequest, reference: str, key: str) -> Response:
        """Tick a step of your own agency, or take the tick back."""
        part = _own_part(reference)
        step = get_object_or_404(steps_of(part, on=timezone.localdate()), key=key)
        body, at = self.validated(TickSerializer), timezone.now()
        seen = body.pop("version")
        if body["done_on"] is None:
            untick_step(part=part, step=step, seen=seen, by=request.user, at=at)
        else:
            tick_step(part=part, step=step, **body, seen=seen, by=request.user, at=at)
        return Response(self.serialized(ChecklistSerializer, _sheet(reference)))


def _own_part(reference: str) -> Part:
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
