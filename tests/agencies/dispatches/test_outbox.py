"""What is written into the outbox, by whom, and who sees it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from agencies.dispatches.outbox import LATE, Delivery, add_dispatch, delivery_of, viewer_for
from agencies.dispatches.sweep import SWEEPER, take
from agencies.models import Dispatch
from agencies.secrecy.context import NOBODY, Viewer, acting_as
from tests.agencies.dispatches.conftest import KIND
from tests.factories.agencies import CoordinatorFactory, DispatchFactory, UserFactory, the_agency
from tests.moment import NOW
from tests.outbox import outbox, send_all
from tests.signing_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sent")]
LATER = NOW + timedelta(minutes=1)


def ask(by, acting, *, subject: int = 7, at=NOW) -> None:
    with acting(by):
        add_dispatch(kind=KIND, subject=subject, by=by, at=at)


def test_what_a_transaction_asks_for_is_gone_with_it(by, acting):
    with acting(by):
        add_dispatch(kind=KIND, subject=7, by=by, at=NOW)
        transaction.set_rollback(True)
    assert outbox() == []


def test_a_kind_that_nobody_handles_is_refused(by, acting):
    with acting(by), pytest.raises(KeyError):
        add_dispatch(kind="tests.nothing", subject=7, by=by, at=NOW)


def test_what_waits_is_asked_for_once(by, acting):
    colleague = UserFactory()
    ask(by, acting)
    ask(colleague, acting, at=LATER)
    (dispatch,) = outbox()
    assert (dispatch.by, dispatch.asked_at, dispatch.due_at) == (colleague, NOW, LATER)


def test_what_is_sent_may_be_asked_for_again(by, acting, sent):
    for _ in range(2):
        ask(by, acting)
        send_all(KIND)
    assert sent == [7, 7]
    assert [dispatch.state for dispatch in outbox()] == ["done", "done"]


def test_what_is_asked_for_while_it_is_sent_is_sent_again(by, acting):
    """Such as a letter with a new code: the copy that is being printed still has the old one."""
    ask(by, acting)
    take(queue="letters", at=NOW)
    ask(by, acting, at=LATER)
    (dispatch,) = outbox()
    assert (dispatch.state, dispatch.due_at) == ("due", LATER)


def test_the_database_refuses_a_second_one_that_waits(by, acting):
    with acting(by):
        DispatchFactory(by=by, subject=7)
        with pytest.raises(IntegrityError, match="dispatch_waits_once"), transaction.atomic():
            DispatchFactory(by=by, subject=7)


@pytest.mark.parametrize(
    ("state", "ended_at"), [("due", NOW), ("sending", NOW), ("done", None), ("failed", None)]
)
def test_the_database_refuses_an_end_without_its_state(by, acting, state, ended_at):
    with acting(by), pytest.raises(IntegrityError, match="dispatch_ends"), transaction.atomic():
        DispatchFactory(by=by, state=state, ended_at=ended_at)


def test_the_agency_sees_its_own_and_nobody_else_does(by, acting):
    ask(by, acting)
    others = (UserFactory(agency="AF"), CoordinatorFactory())
    for user, count in ((by, 1), (UserFactory(), 1), *((other, 0) for other in others)):
        with acting(user):
            assert Dispatch.objects.count() == count
    for viewer, count in (
        (NOBODY, 0),
        (Viewer(link="0" * 64), 0),
        (Viewer(role="retention"), 0),
        (SWEEPER, 1),
    ):
        with acting_as(viewer):
            assert Dispatch.objects.count() == count


def test_nobody_asks_in_anothers_name(by, acting):
    with (
        acting(UserFactory()),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        add_dispatch(kind=KIND, subject=7, by=by, at=NOW)


def test_nobody_asks_anew_for_another_agencys(by, acting):
    ask(by, acting)
    other = UserFactory(agency="AF")
    with acting(other):
        assert Dispatch.objects.update(attempts=5) == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            add_dispatch(kind=KIND, subject=7, by=other, at=NOW)


def test_it_goes_out_for_the_agency_of_that_time(by, acting):
    ask(by, acting)
    by.is_active, by.agency = False, the_agency("AF")
    by.save()
    (dispatch,) = outbox()
    assert viewer_for(dispatch).agency == the_agency("MIG").pk


def test_a_page_is_told_how_far_it_is(by, acting):
    def told(at) -> Delivery:
        with acting(by):
            return delivery_of(kind=KIND, subject=7, at=at)

    assert told(NOW) == Delivery.GONE
    ask(by, acting)
    assert [told(NOW + LATE), told(NOW + LATE + timedelta(seconds=1))] == [Delivery.WAITING, Delivery.LATE]
    with acting_as(SWEEPER):
        Dispatch.objects.update(state="failed", ended_at=NOW)
    assert told(NOW) == Delivery.FAILED


def test_a_superuser_reads_every_agencys_and_changes_none(by, acting, client):
    with acting(by):
        dispatch = DispatchFactory(by=by, subject=70707, error="LimitExceeded")
    pages = ("/admin/agencies/dispatch/", f"/admin/agencies/dispatch/{dispatch.pk}/change/")
    sign_in(client, CoordinatorFactory(is_staff=True, is_superuser=True))
    for page in pages:
        assert "LimitExceeded" in client.get(page).text
    assert client.post(pages[1], {"state": "done"}).status_code == 403
    assert client.post(f"/admin/agencies/dispatch/{dispatch.pk}/delete/", {"post": "yes"}).status_code == 403
    sign_in(client, CoordinatorFactory(is_staff=True))
    assert client.get(pages[0]).status_code == 403
