"""A meeting with several agencies at once: one stop, one room, one interpreter, each agency at its own desk."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from agencies.clock import local
from agencies.models import Shift, Site
from agencies.rosters.substitute import substitute
from agencies.sites.rooms import add_room
from bookings.chains.amend import amend_party
from bookings.chains.book import NotBooked, cancel_chain, move_chain
from bookings.chains.check_in import check_in
from bookings.chains.cover import cover_shift
from bookings.chains.group_meetings import open_group
from bookings.chains.meet_together import NotTogether, NotTogetherThen, meet_together
from bookings.chains.meeting_form import Form, FormNotHeld, hold_meeting
from bookings.chains.versions import ChangedMeanwhile
from bookings.chains.write_meetings import MeetingHasBegun
from bookings.models import Chain, Claim, Meeting, Precedence
from bookings.parties.amend import Correction
from bookings.parties.queries import chains
from bookings.proposals.timeline import timeline_of
from bookings.remote.allow import allow_forms
from bookings.summons.compose import compose
from tests.bookings.booking_steps import FIRST, SECOND, book, open_days, register, signed_proposal
from tests.bookings.chains.test_group_meetings import plan
from tests.factories.agencies import CoordinatorFactory, ManagerFactory, UserFactory, main_place, the_site
from tests.moment import NOW
from tests.together import Together, acting_for

pytestmark = pytest.mark.django_db


def join(chain, host="AF", joined="FK", **more) -> Chain:
    chain.refresh_from_db()
    return meet_together(chain=chain, host=host, joined=joined, by=chain.booked_by, at=NOW, **more)


def meeting_of(chain, code="AF") -> Meeting:
    return chain.meetings.select_related("caseworker", "room").get(agency__code=code)


def pages_of(chain):
    return compose(chain.summonses.latest("version"), chain.links.earliest("pk")).pages


def move(chain, key, *, by, **search):
    chain.refresh_from_db()
    more = {"first": FIRST, "last": SECOND, "moving": chain, "meeting": key} | search
    return move_chain(chain=chain, proposal=signed_proposal(chain.party, **more), by=by, at=NOW)


def test_both_begin_together_and_last_as_long_as_the_longer(chain, by, acting):
    with acting(by):
        starts = meeting_of(chain).starts_at
        join(chain)
        host, joined = meeting_of(chain), meeting_of(chain, "FK")
        assert joined.together_with == host
        assert (host.starts_at, joined.starts_at) == (starts, starts)
        assert host.ends_at == joined.ends_at == starts + timedelta(minutes=60)


def test_the_joined_one_holds_its_desk_alone_and_the_host_the_rest(chain, by, acting):
    with acting(by):
        join(chain)
        host, joined = meeting_of(chain), meeting_of(chain, "FK")
        (claim,) = Claim.objects.filter(meeting=joined)
        assert claim.resource_id == joined.caseworker.resource_id
        assert claim.period.upper == joined.ends_at
        held: dict[int | None, datetime] = {
            one.resource_id: one.period.upper for one in Claim.objects.filter(meeting=host)
        }
        assert held[chain.party.resource_id] == held[host.caseworker.resource_id] == host.ends_at
        assert held[chain.interpreter.resource_id] > host.ends_at  # the walk


def test_a_short_host_lasts_as_long_as_the_one_that_joins_it(chain, by, acting):
    with acting(by):
        when = meeting_of(chain, "FK").starts_at + timedelta(minutes=135)
        join(chain, "FK", "AF", starts=when)
        host, joined = meeting_of(chain, "FK"), meeting_of(chain)
        assert (host.starts_at, host.ends_at) == (when, when + timedelta(minutes=60))
        assert (joined.starts_at, joined.ends_at) == (host.starts_at, host.ends_at)


def test_where_rooms_are_scarce_both_are_in_the_hosts_room(norrkoping, by, acting):
    Site.objects.filter(pk=norrkoping.pk).update(rooms_are_scarce=True)
    add_room(location=main_place(the_site()), name="Eken")
    open_days(FIRST)
    with acting(by):
        chain = join(book(register(by), by, last=FIRST))
        host, joined = meeting_of(chain), meeting_of(chain, "FK")
        assert host.room
        assert joined.room == host.room
        assert Claim.objects.filter(resource=host.room.resource, meeting__in=[host, joined]).count() == 1


def test_the_letter_has_one_stop_in_both_languages_and_says_what_is_new(chain, by, acting):
    with acting(by):
        apart = pages_of(chain)[-1]
        join(chain)
        arabic, swedish = pages_of(chain)
        assert len(swedish.stops) == len(apart.stops) - 1
        stop = next(stop for stop in swedish.stops if "+" in stop.name.text)
        assert stop.name.text == "Arbetsförmedlingen + Försäkringskassan"
        assert stop.about.startswith("Alla möts samtidigt, i samma rum.")
        for old in (one for one in apart.stops if one.code in ("AF", "FK")):
            assert old.about in stop.about
            assert old.sheet in stop.sheet
        assert "في الغرفة نفسها" in next(one for one in arabic.stops if "+" in one.name.text).about
        assert "Nu samtidigt, i samma rum: Arbetsförmedlingen + Försäkringskassan." in swedish.changes
        assert set(apart.documents) == set(swedish.documents)
        assert swedish.version == 2


def test_a_bystander_sees_one_part_on_the_timeline_and_no_pause_in_it(chain, by, acting):
    with acting(by):
        join(chain)
        picture = timeline_of(chains().get(pk=chain.pk))
        (part,) = [part for part in picture.stops if "+" in part.name]
        assert part.minutes == 60
        assert all(part.starts_at < part.ends_at for part in picture.parts)
        latest = Chain.objects.get(pk=chain.pk)
        assert latest.waiting_minutes == sum(part.minutes for part in picture.parts if part.kind == "wait")


def test_again_writes_nothing(chain, by, acting):
    with acting(by):
        version = join(chain).version
        assert join(chain).version == version
        assert chain.summonses.count() == 2


def test_a_time_that_is_no_good_for_both_is_answered_with_those_that_are(chain, by, acting):
    with acting(by):
        with pytest.raises(NotTogetherThen) as refused:
            join(chain, "FK", "AF")
        assert refused.value.times == ["12:45"]
        assert "12:45" in refused.value.message
        assert chain.summonses.count() == 1


def test_a_desk_that_is_taken_or_off_shift_is_no_desk(chain, by, acting):
    with acting(by):
        desk, host = meeting_of(chain, "FK").caseworker.resource, meeting_of(chain)
        shifts = Shift.objects.filter(resource=desk, site_day=chain.site_day)
        shifts.update(ends_at=host.starts_at + timedelta(minutes=30))
        with pytest.raises(NotTogetherThen):
            join(chain)
        shifts.update(ends_at=chain.site_day.closes_at)
        other = book(register(by, registration=None), by, first=SECOND, last=SECOND)
        assert desk
        period = host.ends_at - timedelta(minutes=30), host.ends_at
        Claim.objects.create(meeting=meeting_of(other), resource=desk, period=period)
        with pytest.raises(NotTogetherThen):
            join(chain)


@pytest.mark.parametrize(("host", "joined"), [("AF", "AF"), ("AF", "PM"), ("XX", "FK"), ("AF:1", "FK")])
def test_only_two_meetings_of_the_day_are_held_together(chain, by, acting, host, joined):
    with acting(by), pytest.raises(NotTogether):
        join(chain, host, joined)


def test_an_order_that_is_never_broken_keeps_them_apart(chain, by, acting):
    with acting(by):
        pair = Precedence.objects.filter(track=chain.track, is_hard=True).first()
        assert pair
        with pytest.raises(NotTogether, match=r"ordning|order"):
            join(chain, pair.before, pair.after)


def test_a_meeting_at_a_distance_is_not_joined_nor_a_joined_one_held_at_a_distance(chain, by, acting):
    allow_forms(by_telephone=True, by_video=False, tool="", by=ManagerFactory(agency="FK"), at=NOW)
    with acting(by):
        hold_meeting(chain=chain, key="FK", form=Form.TELEPHONE, by=by, at=NOW)
        with pytest.raises(NotTogether):
            join(chain)
        hold_meeting(chain=chain, key="FK", form=Form.ON_SITE, by=by, at=NOW)
        join(chain)
        with pytest.raises(FormNotHeld):
            hold_meeting(chain=chain, key="FK", form=Form.TELEPHONE, by=by, at=NOW)


def test_what_is_held_together_is_neither_a_host_nor_joins_another_one(chain, by, acting):
    with acting(by):
        join(chain)
        for pair in (("FK", "KOM"), ("KOM", "AF")):
            with pytest.raises(NotTogether):
                join(chain, *pair)


def test_three_agencies_meet_the_party_at_once(chain, by, acting):
    with acting(by):
        join(chain)
        join(chain, "AF", "KOM")
        starts = {meeting_of(chain, code).starts_at for code in ("AF", "FK", "KOM")}
        assert len(starts) == 1
        assert any(stop.name.text.count("+") == 2 for stop in pages_of(chain)[-1].stops)


def test_what_has_begun_is_cancelled_or_was_changed_meanwhile_is_refused(chain, by, acting, clock):
    with acting(by):
        with pytest.raises(ChangedMeanwhile):
            join(chain, seen=["99"])
        clock.move_to(chain.site_day.opens_at)
        check_in(reference=chain.reference, agency="AF", by=by, at=chain.site_day.opens_at)
        with pytest.raises(MeetingHasBegun):
            join(chain)
        cancel_chain(chain=chain, reason="Ill", by=by, at=NOW)
        with pytest.raises(NotBooked):
            join(chain)


def test_a_joined_meeting_is_moved_away_and_then_met_by_itself(chain, by, acting):
    with acting(by):
        join(chain)
        move(chain, "FK", by=by)
        host, other = meeting_of(chain), meeting_of(chain, "FK")
        assert other.together_with is None
        assert other.starts_at != host.starts_at
        assert {one.resource_id for one in Claim.objects.filter(meeting=other)} > {chain.party.resource_id}
        page = pages_of(chain)[-1]
        assert not any("+" in stop.name.text for stop in page.stops)
        assert any(sentence.startswith("Inte längre samtidigt") for sentence in page.changes)


def test_the_first_time_is_found_again_after_a_meeting_together(chain, by, acting):
    with acting(by):
        first = meeting_of(chain, "FK").starts_at
        join(chain)
        move(chain, "FK", by=by, starts=first)
        assert meeting_of(chain, "FK").starts_at == first


def test_the_host_takes_the_joined_one_along(chain, by, acting):
    with acting(by):
        join(chain)
        was = meeting_of(chain).starts_at
        move(chain, "AF", by=by)
        host, joined = meeting_of(chain), meeting_of(chain, "FK")
        assert joined.together_with == host
        assert host.starts_at == joined.starts_at != was
        assert Claim.objects.filter(meeting=joined).count() == 1


def test_another_meeting_moves_and_leaves_them_together(chain, by, acting):
    with acting(by):
        join(chain)
        starts = meeting_of(chain).starts_at
        move(chain, "KOM", by=by)
        assert meeting_of(chain, "FK").together_with == meeting_of(chain)
        assert meeting_of(chain, "FK").starts_at == starts


def test_a_day_that_moves_meets_each_by_itself(chain, by, acting):
    with acting(by):
        join(chain)
        move(chain, "", by=by, first=SECOND, last=SECOND)
        assert not chain.meetings.filter(together_with__isnull=False).exists()
        assert len(set(chain.meetings.values_list("starts_at", flat=True))) == chain.meetings.count()
        assert all(one.claims.count() == 3 for one in chain.meetings.all())


def test_a_corrected_party_keeps_its_meeting_together(chain, by, acting):
    with acting(by):
        join(chain)
        correction = Correction({"address": "Nygatan 1, 602 00 Norrköping"})
        amended = amend_party(party=chain.party, correction=correction, by=by, at=NOW)
        assert not amended.must_move
        assert any("+" in stop.name.text for stop in pages_of(chain)[-1].stops)


def test_a_colleague_covers_the_joined_meeting_and_it_stays_together(chain, by, acting):
    coordinator = CoordinatorFactory()
    with acting(by):
        join(chain)
    shift = Shift.objects.select_related("site_day__location__site").get(
        resource__caseworker__agency__code="FK", site_day=chain.site_day
    )
    colleague = substitute(shift=shift, colleague=UserFactory(agency="FK"), by=coordinator, at=NOW)
    with acting(coordinator):
        assert cover_shift(shift=shift, colleague=colleague, by=coordinator, at=NOW).meetings == 1
    with acting(by):
        joined = meeting_of(chain, "FK")
        assert joined.caseworker.resource_id == colleague.resource_id
        assert joined.together_with == meeting_of(chain)


def test_a_cancelled_day_frees_both_desks(chain, by, acting):
    with acting(by):
        cancel_chain(chain=join(chain), reason="Ill", by=by, at=NOW)
        assert not Claim.objects.filter(meeting__chain=chain).exists()


def test_each_agency_checks_in_for_itself(chain, by, acting, clock):
    with acting(by):
        join(chain)
        clock.move_to(meeting_of(chain).starts_at)
        check_in(reference=chain.reference, agency="AF", by=by, at=meeting_of(chain).starts_at)
        assert meeting_of(chain, "FK").checked_in_at is None
        check_in(reference=chain.reference, agency="FK", by=by, at=meeting_of(chain).starts_at)
        assert meeting_of(chain, "FK").checked_in_at


@pytest.mark.parametrize(
    ("who", "host", "error"),
    [
        ("KOM", "KOM", "meeting_together_is_at_the_place"),
        ("AF", "FK", "meeting_together_has_one_host"),
        ("KOM", "FK", "meeting_together_has_one_host"),
    ],
)
def test_the_database_knows_one_host_of_the_same_day(chain, by, acting, who, host, error):
    with acting(by):
        join(chain)
        with pytest.raises(IntegrityError, match=error), transaction.atomic():
            chain.meetings.filter(agency__code=who).update(together_with=meeting_of(chain, host))


def test_the_database_lets_no_meeting_be_held_with_another_partys(by, acting):
    open_days(FIRST, SECOND)
    with acting(by):
        one = book(register(by), by, last=FIRST)
        other = book(register(by, registration=None), by, first=SECOND, last=SECOND)
        with pytest.raises(IntegrityError, match="meeting_together_has_one_host"), transaction.atomic():
            one.meetings.filter(agency__code="FK").update(together_with=meeting_of(other))


@pytest.mark.django_db(transaction=True)
def test_a_desk_that_is_claimed_at_the_same_moment_has_one_winner(chain, by, acting):
    manager = CoordinatorFactory()
    with acting(by):
        starts = meeting_of(chain).starts_at
    day = chain.site_day
    hours = (local(starts).time(), local(starts + timedelta(minutes=60)).time())
    asked = plan(day, hours=hours)

    def joins() -> str:
        return str(
            meet_together(chain=Chain.objects.get(pk=chain.pk), host="AF", joined="FK", by=by, at=NOW).state
        )

    def opens() -> str:
        return str(open_group(site_day=day, plan=asked, by=manager, at=NOW).state)

    with Together(2) as together:
        done = together.do(acting_for(by, joins), acting_for(manager, opens))
    assert sum(one in ("booked", "open") for one in done) == 1
    assert set(done) <= {"booked", "open", "slot-taken", "not-together-then"}
    with acting(by):
        assert bool(meeting_of(chain, "FK").together_with) == (done[0] == "booked")
