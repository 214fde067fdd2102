"""Group information: who opens it, who may be met in it, what it holds, and what the letter says."""

from datetime import date, time, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from agencies.clock import at_wall_clock
from agencies.models import Shift
from agencies.rosters.change import remove_shift
from agencies.rosters.days import close_day
from agencies.rosters.held import DayIsBooked
from agencies.rosters.substitute import substitute
from agencies.rosters.who import SiteNotYours
from agencies.web.roles import NotForYourRole
from bookings.chains.amend import amend_party
from bookings.chains.book import cancel_chain, move_chain
from bookings.chains.check_in import check_in
from bookings.chains.cover import CannotCover, Covered, cover_shift
from bookings.chains.group_checks import (
    GroupFull,
    GroupHasParties,
    GroupNotOpen,
    GroupNotOpened,
    GroupPlan,
    NotForGroup,
)
from bookings.chains.group_meetings import add_party, cancel_group, open_group, parties_in, remove_party
from bookings.chains.placement import SlotTaken
from bookings.models import Chain, Claim, Event, GroupMeeting, Meeting
from bookings.parties.amend import Correction
from bookings.parties.queries import chains
from bookings.proposals.timeline import timeline_of
from bookings.summons.compose import compose
from interpreters.models import Interpreter
from tests.agencies.rosters.conftest import desk_of
from tests.bookings.booking_steps import FIRST, SECOND, book, open_days, register, signed_proposal
from tests.factories.agencies import (
    CoordinatorFactory,
    ManagerFactory,
    RoomFactory,
    UserFactory,
    main_place,
    the_agency,
    the_site,
)
from tests.factories.bookings import UnwantedInterpreterFactory
from tests.moment import NOW
from tests.together import Together, acting_for

pytestmark = pytest.mark.django_db
CONDITIONS = ("ett språk", "liten grupp", "inget eget ärende", "egen fråga efteråt")
HOURS = time(14, 30), time(15, 30)


@pytest.fixture
def keeper(db):
    return CoordinatorFactory()


@pytest.fixture
def days(by):
    """Two days with two desks of each agency, and two interpreters."""
    desks = dict.fromkeys(("MIG", "SKV", "FK", "AF", "KOM", "PM"), 4)
    return open_days(FIRST, SECOND, desks=desks, interpreters={"ar": 4})


def plan(day, code="FK", *, hours=HOURS, capacity=2, **more) -> GroupPlan:
    agency = the_agency(code)
    shift = Shift.objects.filter(site_day=day, resource__caseworker__agency=agency).latest("pk")
    facts = {
        "agency": agency,
        "caseworker": shift.resource.caseworker,
        "starts_at": at_wall_clock(day.date, hours[0]),
        "ends_at": at_wall_clock(day.date, hours[1]),
        "language": "arb",
        "capacity": capacity,
        "conditions": CONDITIONS,
    }
    return GroupPlan(**facts | more)


@pytest.fixture
def group(days, keeper, acting) -> GroupMeeting:
    with acting(keeper):
        room = RoomFactory()
        interpreter = Interpreter.objects.latest("pk")
        language = interpreter.masteries.get().language
        one = plan(days[0], room=room, interpreter=interpreter, language=language)
        return open_group(site_day=days[0], plan=one, by=keeper, at=NOW)


@pytest.fixture
def families(by, days, acting):
    """So many families booked on the first day, early enough for the group."""

    def booked(number=1):
        with acting(by):
            return [book(register(by, births=_births(n)), by, last=FIRST) for n in range(number)]

    return booked


def _births(n: int) -> tuple[date, date]:
    return date(1990, 1, n + 1), date(1991, 1, n + 1)


def join(group, chain, **more):
    return add_party(group=group, chain=chain, by=chain.booked_by, at=NOW, **more)


def meeting_of(chain) -> Meeting:
    return chain.meetings.get(agency__code="FK")


def _joined(group, chain) -> int:
    key: int = join(group, chain).pk
    return key


def held_by(group, acting, keeper) -> set[int]:
    with acting(keeper):
        return set(Claim.objects.filter(group=group).values_list("resource", flat=True))


def test_a_group_holds_one_desk_one_room_and_one_interpreter(group, acting, keeper):
    own = {group.caseworker.resource_id, group.room.resource_id, group.interpreter.resource_id}
    assert held_by(group, acting, keeper) == own


def test_a_party_that_joins_holds_itself_alone_and_its_letter_says_so(group, families, by, acting):
    (chain,) = families()
    with acting(by):
        old = meeting_of(chain)
        join(group, chain)
        meeting = meeting_of(chain)
        assert (meeting.starts_at, meeting.ends_at) == (group.starts_at, group.ends_at)
        assert (meeting.caseworker, meeting.room, meeting.group) == (group.caseworker, group.room, group)
        claims = Claim.objects.filter(meeting=meeting).values_list("resource", flat=True)
        assert list(claims) == [chain.party.resource_id]
        assert old.caseworker.resource_id not in Claim.objects.filter(meeting__chain=chain).values_list(
            "resource", flat=True
        )
        page = compose(chain.summonses.latest("version"), chain.links.earliest("pk")).pages[-1]
        assert page.version == 2
        stop = next(stop for stop in page.stops if stop.code == "FK")
        assert "Andra familjer" in stop.about
        assert stop.starts_at == group.starts_at
        assert [one.starts_at for one in page.stops] == sorted(one.starts_at for one in page.stops)
        assert join(group, chain).version == 2
        shown = timeline_of(chains().get(pk=chain.pk))
        waits = [part.minutes for part in shown.parts if part.kind == "wait"]
        assert shown.waiting_minutes == sum(waits) > 0


def test_no_more_parties_join_than_there_are_places(group, families, by, acting):
    chains = families(3)
    with acting(by):
        join(group, chains[0])
        join(group, chains[1])
        with pytest.raises(GroupFull):
            join(group, chains[2])
        assert parties_in(group) == 2
        with pytest.raises(IntegrityError, match="group_has_a_place"), transaction.atomic():
            Meeting.objects.filter(pk=meeting_of(chains[2]).pk).update(group=group)
        cancel_chain(chain=chains[0], reason="Ill", by=by, at=NOW)
        assert parties_in(group) == 1
        join(group, chains[2])


def test_parties_of_all_agencies_count(group, families, by, acting):
    chains = families(1)
    with acting(by):
        join(group, chains[0])
    stranger = UserFactory(agency="PM")
    with acting(stranger):
        assert parties_in(group) == 1
        assert Meeting.objects.count() == 0


@pytest.mark.parametrize("changes", [{"language": "so"}, {"is_protected": True}])
def test_another_language_or_a_protected_identity_is_met_alone(group, by, days, acting, changes):
    with acting(by):
        chain = book(register(by, births=_births(1), language=changes.get("language", "ar")), by, last=FIRST)
        if "is_protected" in changes:
            type(chain.party).objects.filter(pk=chain.party_id).update(is_protected=True)
        with pytest.raises(NotForGroup):
            join(group, chain)
        assert meeting_of(chain).group is None


def test_a_party_with_another_meeting_then_or_on_another_day_is_refused(days, keeper, families, by, acting):
    (chain,) = families()
    with acting(by):
        other = chain.meetings.exclude(agency__code="FK").latest("starts_at")
    clash = other.starts_at, other.starts_at + timedelta(minutes=60)
    with acting(keeper):
        language = Interpreter.objects.latest("pk").masteries.get().language
        then = plan(days[0], starts_at=clash[0], ends_at=clash[1], language=language)
        at_once = open_group(site_day=days[0], plan=then, by=keeper, at=NOW)
        later = open_group(site_day=days[1], plan=plan(days[1], language=language), by=keeper, at=NOW)
    with acting(by):
        for group in (at_once, later):
            with pytest.raises(NotForGroup):
                join(group, chain)


def test_a_party_that_leaves_must_move_and_may_then_have_a_time_of_its_own(group, families, by, acting):
    (chain,) = families()
    with acting(by):
        join(group, chain)
        chain = remove_party(group=group, chain=chain, by=by, at=NOW)
        assert chain.must_move
        assert meeting_of(chain).group is None
        assert parties_in(group) == 0
        assert remove_party(group=group, chain=chain, by=by, at=NOW).version == chain.version
        proposal = signed_proposal(chain.party, first=SECOND, last=SECOND, moving=chain)
        moved = move_chain(chain=chain, proposal=proposal, by=by, at=NOW)
        assert not moved.must_move
        assert Claim.objects.filter(meeting=meeting_of(moved)).count() >= 2


def test_a_day_that_is_moved_leaves_its_group(group, families, by, acting):
    (chain,) = families()
    with acting(by):
        join(group, chain)
        chain.refresh_from_db()
        proposal = signed_proposal(chain.party, first=SECOND, last=SECOND, moving=chain)
        move_chain(chain=chain, proposal=proposal, by=by, at=NOW)
        assert meeting_of(chain).group is None
        assert parties_in(group) == 0


def test_a_corrected_address_leaves_a_party_in_its_group(group, families, by, acting):
    (chain,) = families()
    with acting(by):
        join(group, chain)
        correction = Correction({"address": "Nygatan 1, 602 00 Norrköping"})
        amended = amend_party(party=chain.party, correction=correction, by=by, at=NOW)
        assert not amended.must_move
        assert meeting_of(chain).group == group
        assert amend_party(
            party=chain.party, correction=Correction({"interpreter_language": "som"}), by=by, at=NOW
        ).must_move


def test_a_group_to_which_somebody_comes_is_not_cancelled(group, families, keeper, by, acting):
    (chain,) = families()
    with acting(by):
        join(group, chain)
    with acting(keeper), pytest.raises(GroupHasParties):
        cancel_group(group=group, by=keeper, at=NOW)
    with acting(by):
        remove_party(group=group, chain=chain, by=by, at=NOW)
    with acting(keeper):
        cancel_group(group=group, by=keeper, at=NOW)
        assert cancel_group(group=group, by=keeper, at=NOW).state == "cancelled"
    assert held_by(group, acting, keeper) == set()
    with acting(by):
        Chain.objects.filter(pk=chain.pk).update(must_move=False)
        with pytest.raises(GroupNotOpen):
            join(group, chain)


def test_a_day_with_a_group_is_not_closed(group, keeper, acting):
    with acting(keeper), pytest.raises(DayIsBooked):
        close_day(site_day=group.site_day, by=keeper, at=NOW)


def test_two_groups_do_not_hold_one_desk_at_a_time(group, days, keeper, acting):
    with acting(keeper):
        with pytest.raises(SlotTaken):
            open_group(site_day=days[0], plan=plan(days[0]), by=keeper, at=NOW)
        assert GroupMeeting.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"capacity": 1},
        {"capacity": 13},
        {"conditions": CONDITIONS[:3]},
        {"hours": (time(15), time(17))},
        {"hours": (time(15), time(15))},
        {"hours": (time(12), time(13))},
    ],
)
def test_a_group_that_cannot_be_is_refused_and_leaves_nothing(days, keeper, acting, changes):
    with acting(keeper):
        with pytest.raises(GroupNotOpened):
            open_group(site_day=days[0], plan=plan(days[0], **changes), by=keeper, at=NOW)
        assert not GroupMeeting.objects.exists()


def test_people_and_rooms_of_elsewhere_hold_no_group(days, keeper, acting):
    with acting(keeper):
        absent = UserFactory(agency="FK")
        desk_of(absent)
        stranger = Interpreter.objects.latest("pk")
        wrong = (
            {"caseworker": absent},
            {"caseworker": UserFactory(agency="AF")},
            {"room": RoomFactory(location=main_place(the_site("malmo")))},
            {"interpreter": stranger, "language": "som"},
        )
        for changes in wrong:
            with pytest.raises(GroupNotOpened):
                open_group(site_day=days[0], plan=plan(days[0], **changes), by=keeper, at=NOW)


def test_the_coordinator_and_the_agencys_manager_open_groups_and_nobody_else(days, acting):
    refused = {
        UserFactory(agency="FK"): NotForYourRole,
        ManagerFactory(agency="AF"): NotForYourRole,
        CoordinatorFactory(sites=[the_site("malmo")]): SiteNotYours,
    }
    for user, refusal in refused.items():
        with acting(user), pytest.raises(refusal):
            open_group(site_day=days[0], plan=plan(days[0]), by=user, at=NOW)
    manager = ManagerFactory(agency="FK")
    with acting(manager):
        assert open_group(site_day=days[0], plan=plan(days[0]), by=manager, at=NOW).state == "open"


@pytest.mark.django_db(transaction=True)
def test_of_two_parties_that_want_the_last_place_at_once_one_gets_it(by, acting, keeper):
    open_days(FIRST, desks=dict.fromkeys(("MIG", "SKV", "FK", "AF", "KOM", "PM"), 4), interpreters={"ar": 4})
    with acting(by):
        chains = [book(register(by, births=_births(n)), by, last=FIRST) for n in range(3)]
    day = chains[0].site_day
    with acting(keeper):
        language = Interpreter.objects.latest("pk").masteries.get().language
        group = open_group(site_day=day, plan=plan(day, language=language), by=keeper, at=NOW)
    with acting(by):
        join(group, chains[0])
    with Together(2) as together:
        found = together.do(*(acting_for(by, partial(_joined, group, one)) for one in chains[1:]))
    assert found.count("group-full") == 1
    with acting(by):
        assert parties_in(group) == 2


@pytest.fixture
def shift(group) -> Shift:
    """The group's caseworker's."""
    found = Shift.objects.select_related("site_day__location__site")
    return found.get(resource=group.caseworker.resource_id, site_day=group.site_day)


@pytest.fixture
def colleague(shift, keeper) -> Shift:
    return substitute(shift=shift, colleague=UserFactory(agency="FK"), by=keeper, at=NOW)


def test_a_colleague_takes_a_group_over_with_all_who_come_to_it(
    group, shift, colleague, families, by, acting, keeper
):
    chains = families(2)
    with acting(by):
        versions = {chain.pk: join(group, chain).version for chain in chains}
    with acting(keeper):
        covered = cover_shift(shift=shift, colleague=colleague, by=keeper, at=NOW)
        assert covered == Covered(1, 1)
        with override("en"):
            assert covered.sentence("X") == "X takes over 1 meeting. Group information is among them."
        now = GroupMeeting.objects.get(pk=group.pk)
        assert now.caseworker.resource_id == colleague.resource_id
        remove_shift(shift=shift, by=keeper, at=NOW)
    assert held_by(group, acting, keeper) == {
        colleague.resource_id,
        group.room.resource_id,
        group.interpreter.resource_id,
    }
    with acting(by):
        for chain in chains:
            assert meeting_of(chain).caseworker == now.caseworker
            assert Chain.objects.get(pk=chain.pk).version == versions[chain.pk] + 1
            assert Event.objects.filter(chain=chain, kind=Event.Kind.COVERED).count() == 1


def test_an_empty_group_is_taken_over_by_its_agencys_manager_and_by_no_other(
    group, shift, colleague, acting, keeper
):
    stranger, manager = ManagerFactory(agency="AF"), ManagerFactory(agency="FK")
    with acting(stranger), pytest.raises(NotForYourRole):
        cover_shift(shift=shift, colleague=colleague, by=stranger, at=NOW)
    with acting(manager):
        assert cover_shift(shift=shift, colleague=colleague, by=manager, at=NOW) == Covered(1, 1)
        assert GroupMeeting.objects.get(pk=group.pk).caseworker.resource_id == colleague.resource_id


@pytest.mark.parametrize("why", ["sex", "begun"])
def test_a_group_stays_when_one_who_comes_may_not_have_the_colleague_or_has_been_met(
    group, shift, colleague, families, by, acting, keeper, why
):
    (chain,) = families()
    with acting(by):
        join(group, chain)
        if why == "sex":
            type(chain.party).objects.filter(pk=chain.party_id).update(caseworker_sex="F")
        else:
            check_in(reference=chain.reference, agency="FK", by=by, at=group.starts_at)
    with acting(keeper), pytest.raises(CannotCover) as refused:
        cover_shift(shift=shift, colleague=colleague, by=keeper, at=NOW)
    assert str(group) in refused.value.chains
    with acting(keeper):
        assert GroupMeeting.objects.get(pk=group.pk).caseworker == group.caseworker


@pytest.mark.parametrize("wish", ["caseworker_sex", "interpreter_sex", "unwanted"])
def test_whoever_may_not_have_the_groups_people_is_met_alone(group, families, by, acting, wish):
    (chain,) = families()
    with acting(by):
        if wish == "unwanted":
            UnwantedInterpreterFactory(party=chain.party, interpreter=group.interpreter, by=by)
        else:
            type(chain.party).objects.filter(pk=chain.party_id).update(**{wish: "F"})
    type(group.caseworker).objects.filter(pk=group.caseworker_id).update(sex="M")
    Interpreter.objects.filter(pk=group.interpreter_id).update(sex="M")
    with acting(by), pytest.raises(NotForGroup):
        join(group, chain)
