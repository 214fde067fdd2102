"""Turns on one connection: a request or a task of somebody looks at a table, and ends well or badly."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from random import Random
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.db import DataError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from django.urls import path

from agencies.models import User
from agencies.secrecy.context import Viewer, acting_as, enter
from tests.catalogue.tables import rows

Rows = frozenset[str]  # where in its table each one lies: nothing moves while turns are taken
NONE: Rows = frozenset()
Answer = Callable[[HttpRequest], HttpResponseBase]


class Undone(Exception):
    """What somebody began is taken back."""


@dataclass(frozen=True)
class Somebody:
    """Whom requests and tasks act for, and what of each table is theirs to see."""

    viewer: Viewer
    user: User | AnonymousUser
    sees: Mapping[str, Rows]

    @property
    def places(self) -> set[tuple[str, str]]:
        return {(table, place) for table, places in self.sees.items() for place in places}

    @property
    def tables(self) -> set[str]:
        return {table for table, _place in self.places}


@dataclass
class Turn:
    """One look at one table; afterwards `seen` is what the viewer saw and `beyond` what was seen for nobody."""

    somebody: Somebody
    table: str
    ending: Callable[["Turn"], None]
    status: int = 200
    seen: Rows | None = None
    beyond: Rows = NONE

    def look(self) -> HttpResponse:
        self.seen = rows_of(self.table)
        self.ending(self)
        return HttpResponse(status=self.status)

    @property
    def is_right(self) -> bool:
        return self.seen == self.somebody.sees[self.table] and self.beyond == NONE


def come_to_an_end(_turn: Turn) -> None:
    """Nothing goes wrong."""


def undo_something(turn: Turn) -> None:
    """A savepoint is rolled back; what counts is what is seen after it."""
    with suppress(Undone), transaction.atomic():
        raise Undone
    turn.seen = rows_of(turn.table)


def find_nothing(_turn: Turn) -> None:
    raise Http404


def fail(_turn: Turn) -> None:
    raise Undone


def break_the_transaction(_turn: Turn) -> None:
    rows("SELECT 1 / 0")


# How a turn goes on after its look, and the status of its answer if it comes to one.
ENDINGS = (
    (come_to_an_end, 200),
    (come_to_an_end, 404),
    (come_to_an_end, 500),
    (undo_something, 200),
    (find_nothing, 404),
    (fail, 500),
    (break_the_transaction, 500),
)


class TurnRequest(HttpRequest):
    """A request that carries the turn which its view takes."""

    turn: Turn


def page(request: TurnRequest) -> HttpResponse:
    """Asks for a sign-in, as the staff's pages do."""
    return request.turn.look()


@login_not_required
def open_page(request: TurnRequest) -> HttpResponse:
    """Asks for none, as the newcomers' pages, which name their viewer themselves."""
    if request.turn.somebody.viewer.link:
        enter(request.turn.somebody.viewer)
    return request.turn.look()


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponse(status=404 if exception else 500)


urlpatterns = [path("page", page), path("open", open_page)]
handler404 = handler500 = refused


def as_request(turn: Turn, answer: Answer) -> None:
    request: Any = RequestFactory().get("/page" if turn.somebody.user.is_authenticated else "/open")
    request.turn, request.user = turn, turn.somebody.user
    answer(request)


@contextmanager
def enduring() -> Iterator[None]:
    with suppress(Undone, Http404, DataError):
        yield


def as_task(turn: Turn, _answer: object) -> None:
    with enduring(), acting_as(turn.somebody.viewer):
        turn.look()


def within_nobodys(turn: Turn, _answer: object) -> None:
    """A transaction acts for nobody, for somebody, and for nobody again."""
    with transaction.atomic():
        with enduring(), acting_as(turn.somebody.viewer):
            turn.look()
        turn.beyond = rows_of(turn.table)


def after(turn: Turn, answer: Answer) -> None:
    """A task, and then a statement without any transaction."""
    as_task(turn, answer)
    turn.beyond = rows_of(turn.table)


WAYS = (as_request, as_request, as_task, within_nobodys, after)


def rows_of(table: str) -> Rows:
    return frozenset(place for (place,) in rows(f"SELECT ctid::text FROM {table}"))


def wrong_turns(
    number: int, everybody: Mapping[str, Somebody], answer: Answer, ways: Sequence[Any] = WAYS
) -> list[Turn]:
    """Let them take turns on this connection, as the dice fall; return those that saw too much or too little."""
    dice, wrong = Random(number), []
    people = list(everybody.values())
    tables = list(people[0].sees)
    for _ in range(number):
        turn = Turn(dice.choice(people), dice.choice(tables), *dice.choice(ENDINGS))
        dice.choice(ways)(turn, answer)
        if not turn.is_right:
            wrong.append(turn)
    return wrong
