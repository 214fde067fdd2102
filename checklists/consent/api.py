"""Consent over the API: the questions that the user's agency may ask, and recording answers from paper."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from agencies.read_log.notes import note_person
from agencies.refusals import Refusal
from agencies.web.api import ApiView
from agencies.web.codes import CodeField, agency_field, language_field
from agencies.web.problem_schema import problems
from agencies.web.requests import ApiRequest
from bookings.summons.adults import adults_by_number
from checklists.consent.answers import STATES, ConsentAnswer, open_until
from checklists.consent.queries import answers_by_question
from checklists.consent.questions import Category, ConsentScope, Question, scope_of_staff
from checklists.consent.record import record_at_desk
from checklists.models import ConsentEvent


class AdultAnswerSerializer(serializers.Serializer[Any]):
    """An adult, numbered as the letter's copies are, and the present answer."""

    adult = serializers.CharField(help_text="1 for the first adult, 2 for the second …")
    language = language_field(
        help_text="In which the question is read to this adult, and kept with the answer"
    )
    state = CodeField(STATES, allow_null=True, help_text="Null: has not answered")
    until = serializers.DateTimeField(allow_null=True)


class TextSerializer(serializers.Serializer[Any]):
    language = language_field()
    text = serializers.CharField()


class QuestionSerializer(serializers.Serializer[Any]):
    """A question that your agency may put to the adults, word for word."""

    key = serializers.CharField()
    recipient = agency_field()
    category = CodeField(Category)
    until = serializers.DateTimeField()
    language = language_field()
    text = serializers.CharField(help_text="The first of `texts`, in `language`")
    texts = TextSerializer(many=True, help_text="One in each adult's language")
    digest = serializers.CharField(help_text="Give it back with the answer: it says which texts were read")
    answers = AdultAnswerSerializer(many=True)
    open_until = serializers.DateTimeField(allow_null=True, help_text="When every adult says yes")


class PaperConsentSerializer(serializers.Serializer[Any]):
    question = serializers.CharField(help_text="The question's key")
    digest = serializers.CharField()
    adult = serializers.CharField(help_text="1 for the first adult, 2 for the second …")
    answer = CodeField(ConsentEvent.Kind.choices)
    witness = serializers.CharField()
    interpreter = serializers.CharField(required=False, allow_blank=True, default="")


class NoSuchQuestion(Refusal):
    kind = "no-such-question"
    field = "question"

    def __init__(self) -> None:
        super().__init__(_("Your agency does not ask this. Look at the list of its questions."))


class ConsentList(ApiView):
    @extend_schema(
        operation_id="consents", responses={200: QuestionSerializer(many=True), **problems(404, 422)}
    )
    def get(self, request: ApiRequest, reference: str) -> Response:
        """What your agency may ask the adults of a chain for, and what they have said."""
        scope = _scope(reference)
        questions = self.paginate_queryset(list(scope.questions.values())) or []
        return self.get_paginated_response(_with_answers(scope, questions))

    @extend_schema(
        operation_id="record_paper_consent",
        request=PaperConsentSerializer,
        responses={200: QuestionSerializer, **problems(400, 403, 404, 409, 413, 415, 422)},
    )
    def post(self, request: ApiRequest, reference: str) -> Response:
        """Record what an adult said when the text was read together, before a witness; gives the question anew."""
        scope, body = _scope(reference), self.validated(PaperConsentSerializer)
        question = scope.questions.get(body.pop("question"))
        if question is None:
            raise NoSuchQuestion
        record_at_desk(question, **body, by=request.user, at=timezone.now())
        return Response(_with_answers(scope, [question])[0])


def _scope(reference: str) -> ConsentScope:
    scope = scope_of_staff(reference)
    if scope is None:
        raise Http404
    return scope


def _with_answers(scope: ConsentScope, questions: Sequence[Question]) -> Any:
    """The questions with the adults' answers, serialized; notes those adults for the read log."""
    note_person(*(adult.key for adult in scope.adults))
    answers = answers_by_question(scope, at=timezone.now())
    return QuestionSerializer([_row(each, answers[each.key]) for each in questions], many=True).data


def _row(question: Question, answers: dict[int, ConsentAnswer]) -> dict[str, Any]:
    scope = question.scope
    by_adult = [(adult, answers.get(adult.pk)) for adult in scope.adults]
    texts = [{"language": code, "text": question.text(code)} for code in scope.languages]
    return {
        "key": question.key,
        "recipient": question.recipient.code,
        "category": question.category,
        "until": question.until,
        **texts[0],
        "texts": texts,
        "digest": question.digest(*scope.languages),
        "answers": [
            {
                "adult": number,
                "language": scope.read_by(adult),
                "state": answer and answer.state,
                "until": answer and answer.until,
            }
            for number, (adult, answer) in adults_by_number(by_adult).items()
        ],
        "open_until": open_until(answers, adults=scope.number_of_adults),
    }
