"""An interpreter from outside: ordered, confirmed, undone; and what a move or a correction makes of it."""

from typing import Any

import pytest

from agencies.models import Sex, User
from bookings.chains.amend import Amended, amend_party
from bookings.chains.book import move_chain
from bookings.chains.outside import (
    MustMoveFirst,
    NoOutsideInterpreter,
    confirm_outside_interpreter,
    unconfirm_outside_interpreter,
)
from bookings.models import Chain, Claim, Party
from bookings.parties.amend import Correction
from bookings.summons.compose import compose
from bookings.summons.letter import Page
from bookings.summons.summoned_day import SummonedDay
from interpreters.models import Interpreter
from tests.bookings.booking_steps import ask, book, open_days, register
from tests.factories.interpreters import InterpreterFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def deaf(by, acting) -> Chain:
    """The day of a family who sign, which nobody of the pool does."""
    open_days()
    with acting(by):
        return book(register(by, interpreter_language="swl"), by)


def confirm(chain: Chain, by: User) -> Chain:
    return confirm_outside_interpreter(chain=chain, by=by, at=NOW)


def amend(chain: Chain, by: User, **values: Any) -> Amended:
    return amend_party(party=chain.party, correction=Correction(values), by=by, at=NOW)


def letter_of(chain: Chain) -> tuple[Page, ...]:
    """The pages of the latest version: the party's language, then Swedish."""
    return compose(chain.summonses.latest("version"), chain.links.earliest("pk")).pages


def state_of(chain: Chain) -> tuple[str, str, int]:
    """The interpreter from outside as the row has it and as the latest letter tells it, and that one's version."""
    latest = chain.summonses.latest("version")
    told = SummonedDay.from_json(latest.day).outside
    return Chain.objects.get(pk=chain.pk).outside_interpreter, told, latest.version


def test_confirming_makes_the_next_version_and_a_second_time_none(deaf, by, acting):
    with acting(by):
        assert state_of(deaf) == ("ordered", "ordered", 1)
        confirm(confirm(deaf, by), by)
        assert state_of(deaf) == ("confirmed", "confirmed", 2)
        assert letter_of(deaf)[1].changes == ("Nu är en tolk bokad.",)


def test_undoing_makes_a_version_that_says_ordered_again(deaf, by, acting):
    with acting(by):
        confirm(deaf, by)
        unconfirm_outside_interpreter(chain=deaf, by=by, at=NOW)
        assert state_of(deaf) == ("ordered", "ordered", 3)
        kinds = deaf.events.order_by("pk").values_list("kind", flat=True)
        assert list(kinds)[-2:] == ["confirmed", "unconfirmed"]


def test_there_is_nothing_to_confirm_where_one_of_ours_interprets(chain, by, acting):
    with acting(by), pytest.raises(NoOutsideInterpreter):
        confirm(chain, by)


def test_a_move_orders_anew_who_was_confirmed_for_the_old_time(deaf, by, acting):
    with acting(by):
        chain = confirm(deaf, by)
        other = ask(chain.party, moving=chain).options[1].proposal.sign()
        move_chain(chain=chain, proposal=other, by=by, at=NOW)
        assert state_of(deaf) == ("ordered", "ordered", 3)


def test_a_move_of_one_meeting_orders_anew_too(deaf, by, acting):
    with acting(by):
        chain = confirm(deaf, by)
        codes = chain.meetings.values_list("agency__code", flat=True)
        found = [one for code in codes for one in ask(chain.party, moving=chain, meeting=code).options]
        moved = found[0].proposal
        assert moved.outside
        move_chain(chain=chain, proposal=moved.sign(), by=by, at=NOW)
        assert state_of(deaf) == ("ordered", "ordered", 3)


def test_a_correction_of_something_else_keeps_the_confirmation(deaf, by, acting):
    with acting(by):
        confirm(deaf, by)
        assert amend(deaf, by, phone="070-174 06 99").letter
        assert state_of(deaf) == ("confirmed", "confirmed", 3)


@pytest.mark.parametrize("asked", [{"interpreter_language": "ase"}, {"interpreter_sex": Sex.FEMALE}])
def test_a_confirmation_does_not_outlive_what_it_was_for(deaf, by, acting, asked):
    with acting(by):
        confirm(deaf, by)
        amended = amend(deaf, by, **asked)
        assert (amended.must_move, state_of(deaf)) == (False, ("ordered", "ordered", 3))
        assert letter_of(deaf)[1].changes == ("Vi beställer en tolk åt dig.",)


def test_the_letter_names_the_corrected_language(deaf, by, acting):
    with acting(by):
        assert all(page.is_signed for page in letter_of(deaf))
        amend(deaf, by, interpreter_language="kmr")
        arabic, swedish = letter_of(deaf)
        assert (arabic.interpreter, swedish.interpreter) == ("الكردية الكرمانجية", "kurmanji (nordkurdiska)")
        assert not swedish.is_signed


def test_who_needs_no_interpreter_any_more_is_told_in_the_next_version(deaf, by, acting):
    with acting(by):
        amended = amend(deaf, by, needs_interpreter=False)
        assert (amended.must_move, state_of(deaf)) == (False, ("", "", 2))
        assert letter_of(deaf)[1].interpreter is None
        assert letter_of(deaf)[1].changes == ("Ingen tolk är bokad längre.",)


def test_one_of_ours_is_free_again_when_none_is_needed_and_the_day_stays(chain, by, acting):
    with acting(by):
        tolk = Interpreter.objects.get()
        assert Claim.objects.filter(resource=tolk.resource_id).exists()
        amended = amend(chain, by, needs_interpreter=False)
        assert (amended.must_move, amended.letter and amended.letter.version) == (False, 2)
        assert Chain.objects.get(pk=chain.pk).interpreter is None
        assert not Claim.objects.filter(resource=tolk.resource_id).exists()
        assert chain.meetings.count() == 5


def test_who_needs_one_after_all_must_move(by, acting):
    open_days()
    with acting(by):
        chain = book(register(by, needs_interpreter=False), by)
        amended = amend(chain, by, needs_interpreter=True)
        assert (amended.must_move, amended.letter) == (True, None)


def test_another_language_of_the_same_interpreter_keeps_the_day(chain, by, acting):
    tolk = Interpreter.objects.get()
    tolk.masteries.create(language="tir", level="AT")
    with acting(by):
        amended = amend(chain, by, interpreter_language="tir")
        assert (amended.must_move, amended.letter and amended.letter.version) == (False, 2)
        assert letter_of(chain)[1].interpreter == "tigrinja"


def test_an_interpreter_who_does_not_speak_it_leads_to_another_day(chain, by, acting):
    with acting(by):
        amended = amend(chain, by, interpreter_language="kmr")
        assert (amended.must_move, amended.letter) == (True, None)
        moved = ask(Party.objects.get(), moving=Chain.objects.get()).options[0].proposal
        assert moved.outside
        move_chain(chain=Chain.objects.get(), proposal=moved.sign(), by=by, at=NOW)
        assert state_of(chain) == ("ordered", "ordered", 2)


def test_a_day_that_no_longer_fits_is_moved_before_its_interpreter_is_confirmed(deaf, by, acting):
    with acting(by):
        assert amend(deaf, by, extra_time=True).must_move
        with pytest.raises(MustMoveFirst):
            confirm(deaf, by)
        assert state_of(deaf) == ("ordered", "ordered", 1)


def test_a_macrolanguage_of_ours_serves_and_nobody_is_ordered(by, acting):
    open_days()
    InterpreterFactory(language="kmr")
    with acting(by):
        assert book(register(by, interpreter_language="apc"), by).outside_interpreter == ""


def test_a_language_that_the_list_has_no_more_ends_no_letter(deaf, by, acting):
    with acting(by):
        Party.objects.update(interpreter_language="qqq")
        pages = letter_of(deaf)
        assert {page.interpreter for page in pages} == {"qqq"}
        assert not any(page.is_signed for page in pages)
