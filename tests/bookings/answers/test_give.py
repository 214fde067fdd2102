"""An answer is written once, by whoever holds the link or by staff, and the last one holds."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.secrecy.context import Viewer, acting_as
from bookings.answers.give import (
    AnswerNotUsable,
    AnswerTooLate,
    Call,
    give_answer,
    settle_answer,
    take_back_call,
)
from bookings.answers.queries import own_answers
from bookings.chains.book import cancel_chain
from bookings.models import Link, SummonsAnswer
from tests.bookings.booking_steps import book, open_days, register
from tests.factories.agencies import UserFactory
from tests.moment import NOW
from tests.together import Together, acting_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def links(caseworker, acting) -> list[Link]:
    """Of the two adults of a family that is booked."""
    open_days()
    with acting(caseworker):
        chain = book(register(caseworker), by=caseworker)
        return list(chain.links.order_by("pk"))


def holder_of(link: Link) -> Viewer:
    return Viewer(link=link.token_hash)


def answered(link: Link, answer: str = "yes", **told) -> SummonsAnswer:
    with acting_as(holder_of(link)):
        return give_answer(link=link, answer=answer, at=timezone.now(), **told)


def rows(acting, caseworker, **narrowed) -> list[tuple[str, bool]]:
    with acting(caseworker):
        found = SummonsAnswer.objects.filter(**narrowed)
        return [(row.kind, row.replaced_at is None) for row in found]


def test_the_same_answer_twice_is_one(links, acting, caseworker):
    first = answered(links[0])
    assert answered(links[0]) == first
    assert rows(acting, caseworker) == [("yes", True)]


def test_a_later_answer_holds_and_the_former_is_kept(links, acting, caseworker):
    answered(links[0])
    answered(links[0], "another_time", why="ill", text="  Feber \n i dag ")
    assert rows(acting, caseworker) == [("yes", False), ("another_time", True)]
    with acting(caseworker):
        assert SummonsAnswer.objects.get(replaced_at=None).text == "Feber i dag"


def test_a_wish_to_be_called_stands_beside_the_answer(links, acting, caseworker):
    answered(links[0])
    answered(links[0], "help", call=Call("ara", "morning", "070-174 06 09"))
    with acting_as(holder_of(links[0])):
        held = own_answers(links[0])
    assert {name: one.kind for name, one in held.items()} == {"presence": "yes", "help": "help"}
    assert held["help"].call_number == "+46701740609"
    with acting_as(holder_of(links[0])):
        for _ in range(2):
            take_back_call(link=links[0], at=NOW)
    assert rows(acting, caseworker, kind="help") == [("help", False)]


def test_one_adult_sees_nothing_of_the_others_answer_and_cannot_give_it(links, acting, caseworker):
    answered(links[0], "another_time", why="ill")
    with acting_as(holder_of(links[1])):
        assert not SummonsAnswer.objects.exists()
        assert own_answers(links[1]) == {}
    answered(links[1], "yes")
    assert rows(acting, caseworker) == [("another_time", True), ("yes", True)]


def test_no_other_agency_sees_an_answer(links, acting):
    answered(links[0])
    for agency in ("SKV", "AF", "KOM"):
        with acting(UserFactory(agency=agency)):
            assert not SummonsAnswer.objects.exists()


@pytest.mark.parametrize(
    ("answer", "told", "field"),
    [
        ("maybe", {}, "answer"),
        ("another_time", {"why": "no"}, "why"),
        ("another_time", {"text": "x" * 301}, "text"),
        ("another_time", {"text": "a\u202eb"}, "text"),
        ("help", {"call": Call(period="night")}, "call_period"),
        ("help", {"call": Call(language="<b>")}, "call_language"),
        ("help", {"call": Call(language="ar\x00")}, "call_language"),
        ("help", {"call": Call(language="arabic")}, "call_language"),
        ("help", {"call": Call(number="0701740ABC")}, "call_number"),
    ],
)
def test_what_is_no_answer_is_refused_and_leaves_nothing(links, acting, caseworker, answer, told, field):
    with pytest.raises(AnswerNotUsable) as refused:
        answered(links[0], answer, **told)
    assert list(refused.value.errors) == [field]
    assert rows(acting, caseworker) == []


def test_after_the_day_and_after_a_cancellation_it_is_too_late(links, acting, caseworker, clock):
    with acting(caseworker):
        day = links[0].chain.site_day
        late = day.closes_at + timedelta(minutes=1)
        with pytest.raises(AnswerTooLate):
            give_answer(link=links[0], answer="yes", source="telephone", by=caseworker, at=late)
        cancel_chain(chain=links[0].chain, reason="Sjukdom", by=caseworker, at=NOW)
    with pytest.raises(AnswerTooLate):
        answered(links[0])


def test_staff_take_down_an_answer_and_settle_a_wish(links, acting, caseworker):
    with acting(caseworker):
        wish = give_answer(
            link=links[1], answer="another_time", why="work", source="telephone", by=caseworker, at=NOW
        )
        settle_answer(answer=wish, by=caseworker, at=NOW)
        wish.refresh_from_db()
        assert (wish.given_by, wish.settled_by) == (caseworker, caseworker)
    again = answered(links[1], "another_time", why="work")
    assert again != wish, "a wish that was dealt with may come again"


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_are_one_answer(links, acting, caseworker):
    with Together(4) as hands:
        hands.do(*[acting_for(holder_of(links[0]), lambda: answered_now(links[0]))] * 4)
    assert rows(acting, caseworker) == [("yes", True)]


def answered_now(link: Link) -> int:
    return give_answer(link=link, answer="yes", at=NOW).pk
