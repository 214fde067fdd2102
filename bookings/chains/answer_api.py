"""What a chain's adults have answered to their summons, for the agency that summons them."""

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
from agencies.web.codes import CodeField
from agencies.web.problem_schema import problems
from agencies.web.requests import ApiRequest
from bookings.answers.give import Call, give_answer
from bookings.answers.queries import answers_of
from bookings.messages.call_numbers import number_to_call
from bookings.models import Chain, Link, SummonsAnswer
from bookings.parties.queries import chains
from bookings.summons.adults import adults_by_number


class NoSuchAdult(Refusal):
    """The chain has no adult of that number."""

    kind = "no-such-adult"
    field = "adult"

    def __init__(self) -> None:
        super().__init__(_("This day has no such adult."))


class GivenAnswerSerializer(serializers.Serializer[Any]):
    """An answer taken down by telephone."""

    adult = serializers.CharField(max_length=2, help_text="1 for the first adult, 2 for the second …")
    answer = CodeField(SummonsAnswer.Kind.choices)
    why = CodeField(SummonsAnswer.Why.choices, required=False, allow_blank=True)
    text = serializers.CharField(required=False, allow_blank=True, default="", max_length=300)
    call_number = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        max_length=30,
        help_text="Of help: the number to call, where it is another than is known",
    )


class SummonsAnswerSerializer(serializers.Serializer[Any]):
    """What an adult has answered, and what became of it."""

    adult = serializers.CharField()
    answer = serializers.ChoiceField(SummonsAnswer.Kind.choices)
    why = serializers.CharField()
    text = serializers.CharField()
    call_number = serializers.CharField(
        help_text="Of help: at which number the adult is called; empty where none is known"
    )
    source = serializers.ChoiceField(SummonsAnswer.Source.choices)  # type: ignore[assignment]
    given_at = serializers.DateTimeField()
    holds = serializers.BooleanField(help_text="No later answer has replaced it")
    settled_at = serializers.DateTimeField(allow_null=True)


class AnswerList(ApiView):
    @extend_schema(
        operation_id="answers", responses={200: SummonsAnswerSerializer(many=True), **problems(404)}
    )
    def get(self, request: ApiRequest, reference: str) -> Response:
        """All answers to the chain's summons, the first given first; former ones do not hold."""
        chain = _chain(reference)
        found = self.paginate_queryset(list(answers_of(chain))) or []
        numbers = _numbers(links_of(chain))
        return self.get_paginated_response(
            SummonsAnswerSerializer([_row(one, numbers) for one in found], many=True).data
        )

    @extend_schema(
        operation_id="give_answer",
        request=GivenAnswerSerializer,
        responses={
            200: SummonsAnswerSerializer,
            201: SummonsAnswerSerializer,
            **problems(400, 403, 404, 409, 413, 415, 422),
        },
    )
    def post(self, request: ApiRequest, reference: str) -> Response:
        """Write down what an adult says by telephone; the same answer again (200) changes nothing."""
        chain, body, at = _chain(reference), self.validated(GivenAnswerSerializer), timezone.now()
        links = links_of(chain)
        link = adults_by_number(links).get(body.pop("adult"))
        if link is None:
            raise NoSuchAdult
        known = set(answers_of(chain).values_list("pk", flat=True))
        source = SummonsAnswer.Source.TELEPHONE
        call = Call(number=body.pop("call_number"))
        given = give_answer(link=link, **body, call=call, source=source, by=request.user, at=at)
        row = SummonsAnswerSerializer(_row(given, _numbers(links))).data
        return Response(row, status=200 if given.pk in known else 201)


def links_of(chain: Chain) -> list[Link]:
    """The links of the chain's adults, in the order in which these are numbered."""
    return list(chain.links.order_by("pk"))


def _chain(reference: str) -> Chain:
    found = chains().filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def _numbers(links: list[Link]) -> dict[int, str]:
    """The adults' numbers by their keys."""
    return {link.newcomer_id: number for number, link in adults_by_number(links).items()}


def _row(answer: SummonsAnswer, numbers: dict[int, str]) -> dict[str, Any]:
    note_person(answer.newcomer.key)
    return {
        "adult": numbers.get(answer.newcomer_id, ""),
        "answer": answer.kind,
        "why": answer.why,
        "text": answer.text,
        "call_number": number_to_call(answer).number if answer.kind == SummonsAnswer.Kind.HELP else "",
        "source": answer.source,
        "given_at": answer.given_at,
        "holds": answer.replaced_at is None,
        "settled_at": answer.settled_at,
    }
