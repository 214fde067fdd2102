"""A meeting by telephone or video: who may have it, what the letter says, and that nobody needs a room for it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from agencies.models import Site
from agencies.sites.rooms import add_room
from bookings.chains.amend import amend_party
from bookings.chains.book import NotBooked, cancel_chain, move_chain
from bookings.chains.check_in import check_in
from bookings.chains.meeting_form import (
    Form,
    FormNotHeld,
    NobodyComes,
    NoRoomFree,
    ToolNotUsable,
    hold_meeting,
)
from bookings.chains.versions import ChangedMeanwhile
from bookings.chains.write_meetings import MeetingHasBegun
from bookings.models import Claim, Meeting
from bookings.parties.amend import Correction
from bookings.remote.allow import allow_forms
from bookings.summons.compose import compose
from bookings.summons.letter import Page
from tests.bookings.booking_steps import FIRST, SECOND, book, open_days, register, signed_proposal
from tests.factories.agencies import ManagerFactory, main_place, the_agency, the_site
from tests.moment import NOW

pytestmark = pytest.mark.django_db
TOOL = "https://video.fk.example/rum/7"


@pytest.fixture(autouse=True)
def _allowed(db) -> None:
    """FK and AF hold meetings by telephone and video, all others at the place."""
    for code, tool in (("FK", ""), ("AF", TOOL)):
        allow_forms(by_telephone=True, by_video=True, tool=tool, by=ManagerFactory(agency=code), at=NOW)


@pytest.fixture
def scarce(norrkoping) -> None:
    """Two rooms, and each meeting needs one."""
    Site.objects.filter(pk=norrkoping.pk).update(rooms_are_scarce=True)
    for name in ("Eken", "Björken"):
        add_room(location=main_place(the_site()), name=name)


def hold(chain, key="FK", form=Form.TELEPHONE, **more):
    return hold_meeting(chain=chain, key=key, form=form, by=chain.booked_by, at=NOW, **more)


def meeting_of(chain, code="FK") -> Meeting:
    return chain.meetings.get(agency__code=code)


def pages_of(chain) -> tuple[Page, ...]:
    return compose(chain.summonses.latest("version"), chain.links.earliest("pk")).pages


def stop_of(chain, code="FK"):
    return next(stop for stop in pages_of(chain)[-1].stops if stop.code == code)


def test_the_letter_says_we_ring_you_in_its_languages_and_what_is_new(chain, by, acting):
    with acting(by):
        hold(chain)
        arabic, swedish = pages_of(chain)
        assert "عبر الهاتف" in next(stop for stop in arabic.stops if stop.code == "FK").about
        assert stop_of(chain).about.endswith("Det här mötet är på telefon: vi ringer upp.")
        assert swedish.changes == ("Nu på telefon, vi ringer upp: Försäkringskassan.",)
        assert swedish.version == 2


def test_back_at_the_place_is_said_as_well(chain, by, acting):
    with acting(by):
        chain = hold(hold(chain), form=Form.ON_SITE)
        assert pages_of(chain)[-1].changes == ("Nu på plats, kom dit: Försäkringskassan.",)
        assert "telefon" not in stop_of(chain).about


def test_the_same_form_again_writes_nothing(chain, by, acting):
    with acting(by):
        chain = hold(chain)
        assert hold(chain).version == chain.version
        assert chain.summonses.count() == 2
        event = chain.events.get(kind="form")
        assert event.facts == {"version": 2, "meeting": "FK", "form": "telephone"}


def test_a_video_meeting_has_its_own_address_or_else_its_agencys(chain, by, acting):
    with acting(by):
        hold(chain, "AF", Form.VIDEO)
        assert meeting_of(chain, "AF").tool == TOOL
        with pytest.raises(ToolNotUsable):
            hold(chain, "FK", Form.VIDEO)
        own = "https://video.fk.example/rum/9"
        hold(chain, "FK", Form.VIDEO, tool=f" {own} ")
        assert meeting_of(chain).tool == own
        assert stop_of(chain).tool == own


@pytest.mark.parametrize(
    "tool", ["http://x.example/1", "javascript:alert(1)", "https://a:b@x.example/", "https://", "x"]
)
def test_an_address_that_is_no_encrypted_one_is_refused_and_leaves_nothing(chain, by, acting, tool):
    with acting(by):
        with pytest.raises(ToolNotUsable):
            hold(chain, "FK", Form.VIDEO, tool=tool)
        assert meeting_of(chain).form == Form.ON_SITE
        assert chain.summonses.count() == 1


def test_without_the_agencys_word_a_meeting_stays_at_the_place(chain, by, acting):
    with acting(by):
        for key in ("KOM", "MIG", "PM", "AF:2"):
            with pytest.raises(FormNotHeld):
                hold(chain, key)
        allow_forms(by_telephone=False, by_video=False, tool="", by=ManagerFactory(agency="FK"), at=NOW)
        with pytest.raises(FormNotHeld):
            hold(chain)


def test_identity_is_not_checked_by_telephone(chain, by, acting):
    allow_forms(by_telephone=True, by_video=False, tool="", by=ManagerFactory(agency="SKV"), at=NOW)
    with acting(by), pytest.raises(FormNotHeld):
        hold(chain, "SKV")


def test_one_meeting_at_least_is_at_the_place_and_one_is_awaited_there(chain, by, acting):
    for code in ("MIG", "KOM"):
        manager = ManagerFactory(agency=the_agency(code))
        allow_forms(by_telephone=True, by_video=False, tool="", by=manager, at=NOW)
    with acting(by):
        first = chain.meetings.earliest("starts_at")
        assert first.agency.code == "MIG"
        hold(chain, "MIG")
        second = chain.meetings.exclude(pk=first.pk).earliest("starts_at")
        assert pages_of(chain)[0].arrive_at == second.starts_at - timedelta(minutes=15)
        chain.meetings.exclude(agency__code__in=["MIG", "FK"]).delete()
        with pytest.raises(NobodyComes):
            hold(chain, "FK")


def test_what_has_begun_is_cancelled_or_was_changed_meanwhile_is_refused(chain, by, acting, clock):
    with acting(by):
        with pytest.raises(ChangedMeanwhile):
            hold(chain, seen=["99"])
        clock.move_to(chain.site_day.opens_at)
        check_in(reference=chain.reference, agency="MIG", by=by, at=chain.site_day.opens_at)
        allow_forms(by_telephone=True, by_video=False, tool="", by=ManagerFactory(agency="MIG"), at=NOW)
        with pytest.raises(MeetingHasBegun):
            hold(chain, "MIG")
    with acting(by):
        other = book(register(by, registration=None), by, first=SECOND, last=SECOND)
        cancel_chain(chain=other, reason="Ill", by=by, at=NOW)
        with pytest.raises(NotBooked):
            hold(other)


def test_who_speaks_from_home_holds_no_room_and_gets_one_again(scarce, chain, by, acting):
    with acting(by):
        room = meeting_of(chain).room
        assert room is not None
        hold(chain)
        assert meeting_of(chain).room is None
        assert not Claim.objects.filter(meeting=meeting_of(chain), resource=room.resource).exists()
        assert Claim.objects.filter(meeting=meeting_of(chain)).count() == 3
        hold(chain, form=Form.ON_SITE)
        again = meeting_of(chain)
        assert again.room
        assert Claim.objects.filter(meeting=again, resource=again.room.resource).exists()


def test_without_a_free_room_nobody_is_called_back(scarce, chain, by, acting):
    with acting(by):
        hold(chain)
        meeting = meeting_of(chain)
        other = chain.meetings.exclude(pk=meeting.pk).first()
        for room in main_place(the_site()).rooms.all():
            assert room.resource
            Claim.objects.filter(resource=room.resource).delete()
            period = meeting.starts_at, meeting.ends_at
            Claim.objects.create(meeting=other, resource=room.resource, period=period)
        with pytest.raises(NoRoomFree):
            hold(chain, form=Form.ON_SITE)
        assert meeting_of(chain).form == Form.TELEPHONE


@pytest.mark.parametrize("rooms", [False, True])
def test_a_moved_day_keeps_its_forms_and_takes_no_room_for_them(request, by, acting, rooms):
    if rooms:
        request.getfixturevalue("scarce")
    open_days(FIRST, SECOND)
    with acting(by):
        chain = book(register(by), by, last=FIRST)
        hold(chain)
        chain.refresh_from_db()
        proposal = signed_proposal(chain.party, first=SECOND, moving=chain)
        move_chain(chain=chain, proposal=proposal, by=by, at=NOW)
        meeting = meeting_of(chain)
        assert (meeting.form, meeting.room, meeting.starts_at.date()) == (Form.TELEPHONE, None, SECOND)
        assert Claim.objects.filter(meeting=meeting).count() == 3
        assert stop_of(chain).form == "telephone"


@pytest.mark.parametrize("rooms", [False, True])
def test_a_corrected_party_keeps_its_forms_and_need_not_move(request, by, acting, rooms):
    if rooms:
        request.getfixturevalue("scarce")
    open_days(FIRST, SECOND)
    with acting(by):
        chain = hold(book(register(by), by, last=FIRST))
        amended = amend_party(
            party=chain.party,
            correction=Correction({"address": "Nygatan 1, 602 00 Norrköping"}),
            by=by,
            at=NOW,
        )
        assert not amended.must_move
        assert stop_of(chain).form == "telephone"


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"form": "video"}, "meeting_by_video_has_an_address"),
        ({"form": "video", "tool": "http://x.example"}, "meeting_by_video_has_an_address"),
        ({"tool": TOOL}, "meeting_by_video_has_an_address"),
        ({"form": "letter"}, "meeting_at_a_distance_takes_no_room"),
    ],
)
def test_the_database_refuses_a_form_that_cannot_be(chain, by, acting, changes, constraint):
    with acting(by), pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Meeting.objects.filter(pk=meeting_of(chain).pk).update(**changes)


def test_a_meeting_by_telephone_keeps_no_room_in_the_database(scarce, chain, by, acting):
    with acting(by), pytest.raises(IntegrityError, match="takes_no_room"), transaction.atomic():
        Meeting.objects.filter(pk=meeting_of(chain).pk).update(form="telephone")
