"""What lies in the outbox is printed: once, for whoever asked, also when they have left."""

from datetime import timedelta

import pytest

from agencies.dispatches.sweep import LEASE, PUT_OFF, WAITS, take
from agencies.models import Reading, Site, User
from bookings.models import Chain, SummonsCopy
from bookings.summons import copies
from bookings.summons.copies import KIND
from bookings.summons.issue import renew_link
from bookings.summons.limits import LimitExceeded
from tests.factories.agencies import ManagerFactory, the_agency
from tests.moment import NOW
from tests.outbox import outbox, send_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def printed(monkeypatch) -> list[list[str]]:
    """The recipients of each letter that was set, instead of its PDF."""
    printed: list[list[str]] = []

    def set_in_words(letters) -> list[bytes]:
        printed.append([letter.pages[0].recipient for letter in letters])
        return [b"%PDF-"] * (len(letters) + 1)

    monkeypatch.setattr(copies, "render_each_and_all", set_in_words)
    return printed


@pytest.fixture
def chain(book) -> Chain:
    booked: Chain = book()
    return booked


def copies_kept(by: User, acting) -> int:
    with acting(by):
        return SummonsCopy.objects.count()


def test_each_adults_copy_is_kept_and_one_of_all(chain, caseworker, acting, printed):
    assert send_all(KIND) == 1
    assert copies_kept(caseworker, acting) == 3
    assert [d.state for d in outbox(kind=KIND)] == ["done"]


def test_whose_copies_are_kept_is_not_printed_again(chain, caseworker, acting, printed):
    """A worker was killed after it had printed and before it could say so."""
    (dispatch,) = take(queue="letters", at=NOW)
    copies.print_dispatched(dispatch, at=NOW)
    assert send_all(KIND, at=NOW + LEASE) == 1
    assert len(printed) == 1
    assert copies_kept(caseworker, acting) == 3


def test_printing_is_read_about_each_person_once(chain, printed, acting):
    send_all(KIND)
    with acting(ManagerFactory(agency="MIG")):
        people = list(Reading.objects.filter(what="print").values_list("person", flat=True))
    assert len(people) == len(set(people)) > 0


def test_a_letter_that_fails_is_printed_later(chain, caseworker, acting, printed, monkeypatch):
    def refuse(letters) -> list[bytes]:
        raise LimitExceeded("stopped with status 1")

    with monkeypatch.context() as broken:
        broken.setattr(copies, "render_each_and_all", refuse)
        send_all(KIND)
    assert copies_kept(caseworker, acting) == 0
    assert [(d.state, d.error) for d in outbox(kind=KIND)] == [("due", "LimitExceeded")]
    send_all(KIND, at=NOW + WAITS[0])
    assert copies_kept(caseworker, acting) == 3


@pytest.mark.parametrize("change", [{"is_active": False}, {"agency": "AF"}], ids=["left", "moved"])
def test_who_has_left_leaves_a_letter_that_is_printed_for_the_agency(
    chain, caseworker, acting, printed, change
):
    changed = {name: the_agency(value) if name == "agency" else value for name, value in change.items()}
    User.objects.filter(pk=caseworker.pk).update(**changed)
    send_all(KIND)
    assert copies_kept(caseworker, acting) == 3
    with acting(ManagerFactory(agency="MIG")):
        assert {reading.user_id for reading in Reading.objects.filter(what="print")} == {caseworker.pk}


def test_a_new_code_is_printed_though_the_old_one_is_being_printed(chain, caseworker, acting, printed):
    (dispatch,) = take(queue="letters", at=NOW)
    copies.print_dispatched(dispatch, at=NOW)
    with acting(caseworker):
        renew_link(link=chain.links.all()[0], by=caseworker, at=NOW + timedelta(seconds=1))
    assert copies_kept(caseworker, acting) == 0
    send_all(KIND, at=NOW + timedelta(seconds=1))
    assert copies_kept(caseworker, acting) == 3
    assert len(printed) == 2


def test_a_letter_that_is_gone_is_done(chain, caseworker, acting, printed):
    with acting(caseworker):
        chain.summonses.all().delete()
    send_all(KIND)
    assert printed == []
    assert [d.state for d in outbox(kind=KIND)] == ["done"]


def test_a_letter_whose_site_lacks_something_waits_without_failing_and_is_printed_once_it_is_there(
    chain, caseworker, acting, printed
):
    Site.objects.update(phone="")
    for attempt in range(len(WAITS) + 2):
        send_all(KIND, at=NOW + attempt * PUT_OFF)
    (waiting,) = outbox(kind=KIND)
    assert (waiting.state, waiting.attempts, waiting.error) == ("due", 0, "")
    Site.objects.update(phone="011-15 00 00")
    send_all(KIND, at=waiting.due_at)
    assert [dispatch.state for dispatch in outbox(kind=KIND)] == ["done"]
    assert copies_kept(caseworker, acting) == 3
