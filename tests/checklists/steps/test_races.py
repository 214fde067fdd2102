"""Several who write in a checklist at the same moment: one effect, or a clear word, and never an error."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from agencies.models import User
from agencies.secrecy.context import acting_as
from bookings.models import Track
from checklists.models import Checklist, Note, Referral, Template, Tick
from checklists.steps.hide import delete_checklist, hide_checklist, show_checklist
from checklists.steps.note import write_note
from checklists.steps.open import open_checklist
from checklists.steps.revise import StepWording, revise_template
from checklists.steps.sheet import newest_template, parts_of_chain
from checklists.steps.tick import tick_step, untick_step
from tests.checklists.checklist_steps import TODAY, own_part, start, step, tick
from tests.factories.agencies import CoordinatorFactory, the_site
from tests.moment import NOW
from tests.together import Act, Together, acting_for

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 12
LATER = NOW + timedelta(seconds=1)
KEY = "fk-registered"


@pytest.fixture
def ticking(chain, fk) -> Callable[..., Act]:
    """Gives an act that ticks a step which nobody had ticked yet when its reader looked."""

    def act(outcome: str, at=NOW) -> Act:
        return acting_for(
            fk,
            lambda: (
                tick_step(
                    part=own_part(chain),
                    step=step(chain, KEY),
                    done_on=TODAY,
                    outcome=outcome,
                    seen="-",
                    by=fk,
                    at=at,
                ).pk
            ),
        )

    return act


@pytest.fixture
def unticking(chain, fk) -> Callable[..., Act]:
    def act(seen: str = "", at=NOW) -> Act:
        return acting_for(
            fk, lambda: untick_step(part=own_part(chain), step=step(chain, KEY), seen=seen, by=fk, at=at)
        )

    return act


def test_all_who_begin_a_checklist_at_once_have_the_same(chain, owner, fk, af):
    with Together(3) as three:
        begun = three.do(
            *(
                acting_for(user, lambda: open_checklist(part=own_part(chain), at=NOW).pk)
                for user in (owner, fk, af)
            )
        )
    assert len(set(begun)) == 1


def test_two_who_tick_alike_have_one_tick_and_two_who_tick_otherwise_have_one_winner(
    chain, fk, acting, ticking, unticking
):
    with Together(2) as two:
        for _round in range(ROUNDS):
            alike = two.do(ticking("done"), ticking("done", LATER))
            assert len(set(alike)) == 1
            unticking()()
            otherwise = two.do(ticking("done", LATER), ticking("applied"))
            assert otherwise.count("ticked-meanwhile") == 1
            with acting(fk):
                assert Tick.objects.get(taken_back_at=None).pk in otherwise
            unticking()()


def test_two_who_take_back_at_once_take_back_once(chain, fk, acting, ticking, unticking):
    with Together(2) as two:
        for _round in range(ROUNDS):
            ticking("done", LATER)()
            assert two.do(unticking(), unticking(at=LATER)) == [None, None]
    with acting(fk):
        assert Tick.objects.count() == Tick.objects.exclude(taken_back_at=None).count() == ROUNDS


def test_a_tick_and_a_taking_back_at_once_never_fail_whatever_their_moments(
    chain, fk, acting, ticking, unticking
):
    with Together(2) as two:
        for number in range(ROUNDS):
            first, second = (NOW, LATER) if number % 2 else (LATER, NOW)
            ticked, taken_back = two.do(ticking("done", first), unticking(at=second))
            assert isinstance(ticked, int)
            assert taken_back is None
    with acting(fk):
        assert Tick.objects.filter(taken_back_at=None).count() <= 1
        written = [(each.ticked_at, each.taken_back_at) for each in Tick.objects.order_by("pk")]
    assert all(end is None or start <= end for start, end in written)


@pytest.fixture
def as_holder(chain, holder) -> Callable[..., Act]:
    def act(verb: Callable[..., Any], at=NOW) -> Act:
        return acting_for(holder, lambda: verb(part=parts_of_chain(chain.pk)[0], at=at))

    return act


@pytest.mark.parametrize("first", [hide_checklist, show_checklist, delete_checklist])
@pytest.mark.parametrize("second", [hide_checklist, show_checklist, delete_checklist])
def test_a_party_that_hides_shows_and_deletes_at_once_is_answered(chain, holder, as_holder, first, second):
    """Once deleted it stays so, and whoever came too late is told."""
    with Together(2) as two:
        answers = two.do(as_holder(first), as_holder(second, LATER))
    with acting_as(holder):
        checklist = Checklist.objects.get()
    assert set(answers) <= {None, "checklist-deleted"}
    assert (checklist.deleted_at is not None) == (delete_checklist in (first, second))
    if checklist.deleted_at:
        assert checklist.hidden_at


def test_a_note_written_while_the_list_is_deleted_does_not_outlive_it(
    chain, owner, holder, acting, as_holder
):
    def write() -> Any:
        return write_note(party_id=chain.party_id, text="Hiss", seen="-", by=None, at=NOW)

    with Together(2) as two:
        two.do(as_holder(delete_checklist), acting_for(holder, write))
    with acting(owner):
        assert not Note.objects.exists()


def test_of_two_notes_written_at_once_one_stays_and_the_other_writer_is_told(chain, owner, holder, acting):
    def write(text: str, by: User | None, seen: str) -> str:
        note = write_note(party_id=chain.party_id, text=text, seen=seen, by=by, at=NOW)
        assert note
        return note.text

    seen = "-"
    with Together(2) as two:
        for number in range(ROUNDS):
            texts = (f"Hiss {number}", f"Tolk {number}")
            written = two.do(
                acting_for(owner, partial(write, texts[0], owner, seen)),
                acting_for(holder, partial(write, texts[1], None, seen)),
            )
            assert written.count("note-changed") == 1
            with acting(owner):
                note = Note.objects.get()
            assert note.text in written
            seen = note.version


def test_two_who_start_a_joint_effort_at_once_start_one(chain, fk, acting):
    with Together(2) as two:
        started = two.do(*[acting_for(fk, lambda: start(chain, "avstamningsmote", fk).pk)] * 2)
    assert len(set(started)) == 1
    with acting(fk):
        assert Referral.objects.count() == 1


def test_two_coordinators_who_revise_at_once_make_one_version(db):
    track, site = Track.objects.get(number=1), the_site()
    texts = dict.fromkeys(("sv", "en", "ar", "prs", "so", "ti"), "Busskort")

    def revise(by: User, after: int) -> int:
        wordings = [StepWording("", "SKV", texts)]
        return revise_template(site=site, track=track, after=after, wordings=wordings, by=by, at=NOW).pk

    coordinators = [CoordinatorFactory(sites=[site]) for _ in range(2)]
    with Together(2) as two:
        for number in range(1, 5):
            before = newest_template(site=site.pk, track=track.pk, on=TODAY)
            assert before is not None
            made = two.do(*(acting_for(user, partial(revise, user, before.pk)) for user in coordinators))
            assert made.count("revised-meanwhile") == 1
            assert [each.version for each in Template.objects.filter(site=site)] == [*range(number, 0, -1)]
            newest = newest_template(site=site.pk, track=track.pk, on=TODAY)
            assert newest is not None
            assert newest.steps.count() == 1


def test_ticks_and_answers_of_several_agencies_at_once_are_all_written(chain, fk, af, owner, acting):
    with Together(3) as three:
        three.do(
            *(
                acting_for(user, partial(tick, chain, key, user))
                for user, key in ((fk, KEY), (af, "af-registered"), (owner, "mig-papers"))
            )
        )
    for user in (fk, af, owner):
        with acting(user):
            assert Tick.objects.count() == 1
