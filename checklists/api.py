"""The checklist and consent over the API: what the user's agency sees and asks, and what it writes."""

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
from checklists.asking import Ground, ground_of_staff
from checklists.checklisting import tick_step, untick_step
from checklists.consent import record_at_desk
from checklists.consented import open_until
from checklists.models import Part
from checklists.saying import answers_about
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


class AdultsAnswer(serializers.Serializer):
    """An adult, numbered as the letter's copies are, and the present answer."""

    adult = serializers.IntegerField()
    state = serializers.CharField(allow_null=True, help_text="given, refused, withdrawn, ended or null")
    until = serializers.DateTimeField(allow_null=True)


class QuestionShape(serializers.Serializer):
    """A question that your agency may put to the adults, word for word."""

    key = serializers.CharField()
    recipient = serializers.CharField()
    category = serializers.CharField()
    until = serializers.DateTimeField()
    language = serializers.CharField()
    text = serializers.CharField()
    digest = serializers.CharField(help_text="Give it back with the answer: it says which text was read")
    answers = AdultsAnswer(many=True)
    open_until = serializers.DateTimeField(allow_null=True, help_text="When every adult says yes")


class PaperConsent(serializers.Serializer):
    question = serializers.CharField(help_text="The question's key")
    digest = serializers.CharField()
    adult = serializers.CharField(help_text="1 for the first adult, 2 for the second …")
    answer = serializers.CharField(help_text="given, refused or withdrawn")
    witness = serializers.CharField()
    interpreter = serializers.CharField(required=False, allow_blank=True, default="")


class Consents(ApiView):
    @extend_schema(operation_id="consents", responses={200: QuestionShape(many=True), **problems(401, 404)})
    def get(self, request: Request, reference: str) -> Response:
        """What your agency may ask the adults of a chain for, and what they have said."""
        return Response(_questions(_ground(reference)))

    @extend_schema(
        operation_id="record_paper_consent",
        request=PaperConsent,
        responses={200: QuestionShape(many=True), **problems(400, 401, 403, 404, 409, 415, 422)},
    )
    def post(self, request: Request, reference: str) -> Response:
        """Record what an adult said when the text was read together, in front of a witness."""
        ground, asked = _ground(reference), self.asked(PaperConsent)
        question = ground.questions.get(asked.pop("question"))
        if question is None:
            raise Http404
        record_at_desk(question, **asked, by=request.user, at=timezone.now())
        return Response(_questions(ground))


def _ground(reference: str) -> Ground:
    ground = ground_of_staff(reference)
    if ground is None:
        raise Http404
    return ground


def _questions(ground: Ground) -> list[dict[str, Any]]:
    said = answers_about(ground, at=timezone.now())
    shown = [
        {
            "key": key,
            "recipient": question.recipient.code,
            "category": question.category,
            "until": question.until,
            "language": ground.language,
            "text": question.text(ground.language),
            "digest": question.digest(ground.language),
            "answers": [
                {"adult": number, "state": answer and answer.state, "until": answer and answer.until}
                for number, adult in enumerate(ground.adults, start=1)
                for answer in [said[key].get(adult.pk)]
            ],
            "open_until": open_until(said[key], adults=ground.number_of_adults),
        }
        for key, question in ground.questions.items()
    ]
    return QuestionShape(shown, many=True).data


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
    re_path(f"^chains/{REFERENCE}/consents/$", Consents.as_view()),
    re_path(f"^checklists/{REFERENCE}/$", OneChecklist.as_view()),
    re_path(f"^checklists/{REFERENCE}/steps/(?P<key>[a-z0-9-]+)/$", TickStep.as_view()),
]
