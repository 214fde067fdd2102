"""The checklist over the API: what the signed-in user's agency sees of it, and ticking its own steps."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import re_path
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from bookings.api.base import ApiView
from bookings.api.problems import problems
from checklists.checklisting import tick_step, untick_step
from checklists.models import Part
from checklists.sheets import Section, Sheet, parts_of, sheet_of, steps_of


class Ticking(serializers.Serializer):
    done_on = serializers.DateField(allow_null=True, help_text="Null takes the tick back")
    outcome = serializers.CharField(
        required=False, allow_blank=True, default="", help_text="A code of the step"
    )


class StepShape(serializers.Serializer):
    key = serializers.CharField()
    text = serializers.CharField()
    done_on = serializers.DateField(allow_null=True)
    outcome = serializers.CharField(allow_blank=True)
    by_check_in = serializers.BooleanField(help_text="Done by checking the party in, never by ticking")
    outcomes = serializers.ListField(child=serializers.CharField())


class SectionShape(serializers.Serializer):
    """An agency's steps; only those that you may see are there."""

    agency = serializers.CharField(source="part.agency.code")
    is_own = serializers.BooleanField(source="part.is_own")
    steps = serializers.SerializerMethodField()

    @extend_schema_field(StepShape(many=True))
    def get_steps(self, section: Section) -> list[dict[str, Any]]:
        return StepShape(
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


class NextShape(serializers.Serializer):
    key = serializers.CharField()
    agency = serializers.CharField()
    text = serializers.CharField()


class ProgressShape(serializers.Serializer):
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    next = NextShape(allow_null=True)


class ReferralShape(serializers.Serializer):
    kind = serializers.CharField(source="kind.code")
    agency = serializers.CharField(source="agency.code")
    started_on = serializers.DateField()


class ChecklistShape(serializers.Serializer):
    """A chain's checklist as your agency sees it."""

    reference = serializers.CharField()
    track = serializers.IntegerField(source="template.track.number")
    version = serializers.IntegerField(source="template.version")
    progress = ProgressShape()
    agencies = SectionShape(source="sections", many=True)
    referrals = ReferralShape(many=True)
    note = serializers.CharField(source="note.text", default=None, allow_null=True)


class OneChecklist(ApiView):
    @extend_schema(operation_id="checklist", responses={200: ChecklistShape, **problems(401, 404)})
    def get(self, request: Request, reference: str) -> Response:
        """The checklist of a chain that your agency summons or meets."""
        return Response(self.shown(ChecklistShape, _sheet(reference)))


class TickStep(ApiView):
    @extend_schema(
        operation_id="tick_step",
        request=Ticking,
        responses={200: ChecklistShape, **problems(400, 401, 403, 404, 409, 415, 422)},
    )
    def post(self, request: Request, reference: str, key: str) -> Response:
        """Tick a step of your own agency, or take the tick back."""
        part = _own(reference)
        step = get_object_or_404(steps_of(part, on=timezone.localdate()), key=key)
        asked, at = self.asked(Ticking), timezone.now()
        if asked["done_on"] is None:
            untick_step(part=part, step=step, by=request.user, at=at)
        else:
            tick_step(part=part, step=step, **asked, by=request.user, at=at)
        return Response(self.shown(ChecklistShape, _sheet(reference)))


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


REFERENCE = "(?P<reference>[0-9A-Z]{3}-[0-9A-Z]{3})"

urlpatterns = [
    re_path(f"^checklists/{REFERENCE}/$", OneChecklist.as_view()),
    re_path(f"^checklists/{REFERENCE}/steps/(?P<key>[a-z0-9-]+)/$", TickStep.as_view()),
]
