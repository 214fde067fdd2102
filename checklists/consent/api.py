"""The checklist and consent over the API: what the user's agency sees and asks, and what it writes."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.web.api import ApiView
from agencies.web.problem_schema import problems
from checklists.consent.answers import open_until
from checklists.consent.queries import answers_about
from checklists.consent.questions import ConsentScope, scope_of_staff
from checklists.consent.record import record_at_desk


class AdultAnswerSerializer(serializers.Serializer):
    """An adult, numbered as the letter's copies are, and the present answer."""

    adult = serializers.IntegerField()
    state = serializers.CharField(allow_null=True, help_text="given, refused, withdrawn, ended or null")
    until = serializers.DateTimeField(allow_null=True)


class QuestionSerializer(serializers.Serializer):
    """A question that your agency may put to the adults, word for word."""

    key = serializers.CharField()
    recipient = serializers.CharField()
    category = serializers.CharField()
    until = serializers.DateTimeField()
    language = serializers.CharField()
    text = serializers.CharField()
    digest = serializers.CharField(help_text="Give it back with the answer: it says which text was read")
    answers = AdultAnswerSerializer(many=True)
    open_until = serializers.DateTimeField(allow_null=True, help_text="When every adult says yes")


class PaperConsentSerializer(serializers.Serializer):
    question = serializers.CharField(help_text="The question's key")
    digest = serializers.CharField()
    adult = serializers.CharField(help_text="1 for the first adult, 2 for the second …")
    answer = serializers.CharField(help_text="given, refused or withdrawn")
    witness = serializers.CharField()
    interpreter = serializers.CharField(required=False, allow_blank=True, default="")


class ConsentList(ApiView):
    @extend_schema(
        operation_id="consents", responses={200: QuestionSerializer(many=True), **problems(401, 404)}
    )
    def get(self, request: Request, reference: str) -> Response:
        """What your agency may ask the adults of a chain for, and what they have said."""
        return Response(_questions(_scope(reference)))

    @extend_schema(
        operation_id="record_paper_consent",
        request=PaperConsentSerializer,
        responses={200: QuestionSerializer(many=True), **problems(400, 401, 403, 404, 409, 415, 422)},
    )
    def post(self, request: Request, reference: str) -> Response:
        """Record what an adult said when the text was read together, in front of a witness."""
        scope, asked = _scope(reference), self.validated(PaperConsentSerializer)
        question = scope.questions.get(asked.pop("question"))
        if question is None:
            raise Http404
        record_at_desk(question, **asked, by=request.user, at=timezone.now())
        return Response(_questions(scope))


def _scope(reference: str) -> ConsentScope:
    scope = scope_of_staff(reference)
    if scope is None:
        raise Http404
    return scope


def _questions(scope: ConsentScope) -> list[dict[str, Any]]:
    said = answers_about(scope, at=timezone.now())
    shown = [
        {
            "key": key,
            "recipient": question.recipient.code,
            "category": question.category,
            "until": question.until,
            "language": scope.language,
            "text": question.text(scope.language),
            "digest": question.digest(scope.language),
            "answers": [
                {"adult": number, "state": answer and answer.state, "until": answer and answer.until}
                for number, adult in enumerate(scope.adults, start=1)
                for answer in [said[key].get(adult.pk)]
            ],
            "open_until": open_until(said[key], adults=scope.number_of_adults),
        }
        for key, question in scope.questions.items()
    ]
    return QuestionSerializer(shown, many=True).data
