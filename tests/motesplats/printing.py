"""Many bookings while Redis stops, many letters while workers are killed; drills do it at length, tests a little."""

from collections import Counter
from datetime import date, timedelta
from random import Random

from django.utils import timezone
from rest_framework.test import APIClient

from agencies.models import User
from agencies.secrecy.context import acting_as, viewer_of
from motesplats.demo.rosters import working_days
from tests.bookings.booking_steps import book, open_days, register, signed_proposal
from tests.factories.agencies import UserFactory
from tests.signing_in import key_of
from tests.workers import Crew

LONER = (date(1990, 5, 17),)
DESKS = dict.fromkeys(("MIG", "SKV", "FK", "AF", "KOM", "PM"), 4)
LETTERS_A_DAY = 10  # for which there is certainly room


def office(letters: int) -> tuple[User, dict[str, date]]:
    """A caseworker at a site with room for so many days of one Swedish-speaking adult, and when to search."""
    days = working_days(timezone.localdate() + timedelta(days=10), letters // LETTERS_A_DAY + 1)
    open_days(*days, desks=DESKS)
    return UserFactory(), {"first": days[0], "last": days[-1]}


def book_while_redis_stops(crew: Crew, by: User, search: dict[str, date], *, bookings: int) -> Counter[int]:
    """Book over the API; Redis is stopped for the middle third. Returns the answers by status."""
    client, answers = APIClient(), Counter[int]()
    client.credentials(HTTP_AUTHORIZATION=f"Token {key_of(by)}")
    for number in range(bookings):
        if number == bookings // 3:
            crew.stop("redis")
        if number == 2 * bookings // 3:
            crew.start_redis()
        with acting_as(viewer_of(by)):
            party = register(by, births=LONER, language="sv", at=timezone.now())
            proposal = signed_proposal(party, at=timezone.now(), **search)
        answer = client.post("/api/v1/chains/", {"party": party.reference, "proposal": proposal})
        answers[answer.status_code] += 1
    return answers


def book_letters(by: User, search: dict[str, date], *, letters: int) -> None:
    """Book so many days, so that as many letters wait."""
    for _ in range(letters):
        at = timezone.now()
        with acting_as(viewer_of(by)):
            book(register(by, births=LONER, language="sv", at=at), by, at=at, **search)


def kill_while_printing(crew: Crew, by: User, *, letters: int, kills: int, seconds: float) -> bool:
    """Kill the letters' worker at random moments of the printing and start it again; tells whether all is printed."""
    moments = sorted(Random(8).sample(range(letters), kills))
    crew.start_worker("letters")
    for moment in moments:
        crew.wait_for(letters=moment + 1, by=by, seconds=seconds)
        crew.kill("letters")
        crew.start_worker("letters")
    return crew.wait_for(letters=letters, by=by, seconds=seconds)
