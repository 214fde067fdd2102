"""What is counted of a month, against days made by hand whose numbers are known."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from agencies.distance import distance
from agencies.models import Absence, Municipality, Shift, SiteDay, User, Who
from agencies.models.shifts import Break
from agencies.secrecy.context import NOBODY, Viewer, acting_as
from bookings.models import Chain, Forecast, Meeting, Message, SurveyAnswer, Track
from motesplats.followup.collect import collected
from motesplats.followup.measures import MEASURES, value_of
from motesplats.followup.viewer import FIGURES
from tests.factories.agencies import (
    CoordinatorFactory,
    HostFactory,
    ManagerFactory,
    SecretariatFactory,
    SiteDayFactory,
    UserFactory,
    the_agency,
    the_site,
)
from tests.factories.bookings import (
    AttendanceEventFactory,
    ChainFactory,
    ChainOrderFactory,
    EventFactory,
    LinkFactory,
    MeetingFactory,
    MessageFactory,
    NewcomerFactory,
    PartyFactory,
    SummonsAnswerFactory,
    WaitingPartyFactory,
)
from tests.factories.checklists import ConsentEventFactory
from tests.factories.interpreters import AgreementFactory, InterpreterFactory, InterpreterOrderFactory

pytestmark = pytest.mark.django_db
OCTOBER, DAY = date(2026, 10, 1), date(2026, 10, 6)
COUPLE_WITH_CHILD = (date(1988, 3, 14), date(1990, 11, 2), date(2016, 5, 21))
Told = tuple[float, float, int]


@pytest.fixture
def site_day() -> SiteDay:
    return SiteDayFactory(date=DAY)


@pytest.fixture
def mig() -> User:
    return UserFactory()


@pytest.fixture
def skv() -> User:
    return UserFactory(agency="SKV")


@pytest.fixture
def comes(acting, mig, site_day) -> Callable[..., Chain]:
    """A party's day, with its meetings as (caseworker, first minute after opening, minutes, fields)."""

    def comes(*meetings, party: dict | None = None, **fields) -> Chain:
        with acting(mig):
            made = {"registered_by": mig, "members": COUPLE_WITH_CHILD} | (party or {})
            booked = {"booked_at": site_day.opens_at - timedelta(days=10), "site_day": site_day} | fields
            chain = ChainFactory(party=PartyFactory(**made), **booked)
            for caseworker, first, minutes, extra in meetings:
                starts = chain.site_day.opens_at + timedelta(minutes=first)
                times = {"starts_at": starts, "ends_at": starts + timedelta(minutes=minutes)}
                MeetingFactory(
                    chain=chain, caseworker=caseworker, **{"checked_in_at": starts} | times | extra
                )
        return chain

    return comes


MISSED = {"checked_in_at": None, "attendance": Meeting.Attendance.NO_SHOW}


def shift(user: User, site_day: SiteDay, hours: int) -> Shift:
    assert user.resource
    until = site_day.opens_at + timedelta(hours=hours)
    return Shift.objects.create(
        site_day=site_day, resource=user.resource, starts_at=site_day.opens_at, ends_at=until
    )


def october(site: str = "norrkoping") -> dict[tuple[str, str, str], Told]:
    """Amount, number and people by measure, dimension and part."""
    with acting_as(FIGURES):
        found = collected(the_site(site).pk, OCTOBER)
    return {key: (float(sums.amount), float(sums.over), sums.people) for key, sums in found.items()}


def value(measure: str, dimension: str = "", key: str = "") -> Decimal | None:
    with acting_as(FIGURES):
        sums = collected(the_site().pk, OCTOBER)[measure, dimension, key]
    return value_of(MEASURES[measure], amount=sums.amount, over=sums.over, spread=sums.spread)


def after(site_day: SiteDay, minutes: int) -> datetime:
    return site_day.opens_at + timedelta(minutes=minutes)


def test_waiting_is_what_was_booked_and_what_the_day_made_of_it(comes, acting, mig, skv, site_day):
    chain = comes((mig, 0, 30, {}), (skv, 60, 30, {"checked_in_at": after(site_day, 75)}), waiting_minutes=10)
    with acting(mig):
        first = chain.meetings.get(caseworker=mig)
        AttendanceEventFactory(meeting=first)
        AttendanceEventFactory(meeting=first, kind="done", at=after(site_day, 40))
        undone = AttendanceEventFactory(meeting=first, kind="done", at=after(site_day, 55))
        AttendanceEventFactory(meeting=first, kind="undone", undoes=undone, at=after(site_day, 56))
    comes((mig, 60, 30, {}), party={"language": "ti"}, track=Track.objects.get(number=2))
    found = october()
    assert found["waiting_minutes", "", ""] == (
        15,
        2,
        2,
    )  # 10 booked, began 15 late, the one before ended 10 late
    assert found["waiting_minutes", "language", "ar"] == (15, 1, 1)
    assert found["waiting_minutes", "language", "ti"] == (0, 1, 1)
    assert found["waiting_minutes", "track", "1"] == (15, 1, 1)
    assert found["meetings_per_day", "", ""] == (3, 2, 2)
    assert value("meetings_per_day") == Decimal("1.5")


def test_nobody_waits_less_than_not_at_all(comes, mig, skv, site_day):
    comes((mig, 0, 30, {}), (skv, 60, 30, {"checked_in_at": after(site_day, 40)}), waiting_minutes=10)
    assert october()["waiting_minutes", "", ""] == (0, 1, 1)


def test_who_did_not_come_is_protected_or_cancelled_counts_in_no_day(comes, mig, skv):
    comes((mig, 0, 30, MISSED), (skv, 30, 30, MISSED))
    comes((mig, 30, 30, {}), party={"is_protected": True})
    gone = {"state": "cancelled", "cancelled_at": NOW_BEFORE, "cancel_reason": "Illness"}
    comes((mig, 60, 30, {"checked_in_at": None}), **gone)
    found = october()
    for measure in ("waiting_minutes", "meetings_per_day", "days_from_call", "persons_met"):
        assert (measure, "", "") not in found
    assert found["no_show_share", "language", "ar"] == (1, 1, 1)
    assert found["agency_no_shows", "agency", "SKV"] == (1, 0, 1)
    assert found["agency_no_shows", "", ""] == (2, 0, 1)


NOW_BEFORE = datetime.fromisoformat("2026-10-01T09:00+02:00")


def test_days_are_counted_from_the_decision_else_from_the_first_call(comes, mig):
    comes((mig, 0, 30, {}), party={"decided_on": DAY - timedelta(days=20)})
    comes((mig, 30, 30, {}))
    comes((mig, 60, 30, {}), booked_at=after_days(-3))
    found = october()
    assert value("days_to_last_meeting") == 10  # of 20, 10 and 3
    assert value("days_from_call") == 10  # of 10, 10 and 3
    assert found["days_to_last_meeting", "", ""] == (33, 3, 3)
    assert found["within_7_days", "track", "1"] == (1, 3, 3)


def after_days(days: int) -> datetime:
    return datetime.fromisoformat("2026-10-06T09:00+02:00") + timedelta(days=days)


def test_of_a_party_that_came_twice_the_last_day_counts(comes, acting, mig):
    first = comes((mig, 0, 30, {}), booked_at=after_days(-10), state="done")
    later = SiteDayFactory(date=DAY + timedelta(days=7))
    with acting(mig):
        again = ChainFactory(party=first.party, site_day=later, booked_at=after_days(0), state="done")
        MeetingFactory(chain=again, checked_in_at=later.opens_at)
    assert october()["days_from_call", "", ""] == (17, 1, 1)


def test_hours_are_those_on_shift_and_idle_those_without_a_held_meeting(comes, mig, skv, site_day):
    own = shift(mig, site_day, 6)
    Break.objects.create(shift=own, starts_at=after(site_day, 180), ends_at=after(site_day, 240))
    shift(skv, site_day, 4)
    by = CoordinatorFactory()
    Absence.objects.create(
        resource=skv.resource,
        starts_at=after(site_day, 120),
        ends_at=after(site_day, 300),
        kind="ill",
        by=by,
        at=site_day.opens_at,
    )
    comes((mig, 0, 60, {}), (skv, 60, 30, MISSED))
    comes((mig, 60, 30, {}), party={"is_protected": True})
    found = october()
    assert found["hours_given", "", ""] == (7, 0, 0)
    assert found["hours_given", "agency", "MIG"] == (5, 0, 0)
    assert found["hours_given", "agency", "SKV"] == (2, 0, 0)
    assert found["idle_share", "agency", "MIG"] == (4, 5, 1)
    assert found["idle_share", "agency", "SKV"] == (2, 2, 0)
    assert found["persons_per_staff_hour", "", ""] == (3, 7, 3)
    assert found["persons_per_staff_hour", "agency", "SKV"] == (0, 2, 0)


def test_persons_met_are_those_who_were_called(comes, acting, mig, skv):
    chain = comes((mig, 0, 30, {"who": Who.EVERYONE}), (skv, 30, 30, {"who": Who.ADULTS}))
    fk, pm = UserFactory(agency="FK"), UserFactory(agency="PM")
    with acting(mig):
        alone = NewcomerFactory(party=chain.party, birth_date=date(1995, 1, 1), sex="M", own_meetings=["SKV"])
    chain2 = comes((fk, 60, 30, {"who": Who.ONE_ADULT}), (pm, 90, 30, {"who": Who.ADULTS} | MISSED))
    found = october()
    assert found["persons_met", "agency", "MIG"] == (4, 0, 4)
    assert found["persons_met", "agency", "SKV"] == (2, 0, 2)  # whoever is met alone has not been
    assert found["persons_met", "agency", "FK"] == (1, 0, 1)
    assert ("persons_met", "agency", "PM") not in found
    assert found["persons_met", "", ""] == (7, 0, 7)
    assert found["persons_met", "sex", "M"] == (1, 0, 1)
    with acting(mig):
        own = {"person": alone, "caseworker": skv, "starts_at": chain.site_day.opens_at + timedelta(hours=2)}
        MeetingFactory(chain=chain, checked_in_at=own["starts_at"], **own)
    assert october()["persons_met", "agency", "SKV"] == (3, 0, 3)
    assert chain2.pk


def test_interpreting_is_counted_of_what_was_held(comes, acting, mig, skv, site_day):
    remote, here = InterpreterFactory(remote=True), InterpreterFactory()
    comes((mig, 0, 30, {}), (skv, 30, 30, {}), interpreter=here)
    comes((mig, 30, 60, {}), (skv, 120, 60, MISSED), interpreter=remote)
    served = comes((mig, 90, 30, {}), outside_interpreter="confirmed")
    comes((mig, 120, 30, {}))
    by = CoordinatorFactory()
    with acting(by):
        agreement = AgreementFactory(agencies=("MIG", "SKV"), orderer=the_agency("MIG"))
        made = {"agreement": agreement, "site_day": site_day}
        order = InterpreterOrderFactory(
            **made, state="confirmed", starts_at=after(site_day, 60), ends_at=after(site_day, 165)
        )
        ChainOrderFactory(chain_id=served.pk, order=order)
        declined = InterpreterOrderFactory(**made, state="declined")
        InterpreterOrderFactory(**made, former=declined)
    found = october()
    assert found["interpreters_per_chain", "", ""] == (3, 3, 3)
    assert found["on_site_share", "", ""] == (90, 150, 3)
    assert found["paid_per_interpreted_minute", "", ""] == (120, 30, 1)
    assert found["unfilled_orders", "", ""] == (1, 2, 2)


def test_an_order_for_protected_people_alone_is_left_out(comes, acting, mig, site_day):
    hidden = comes((mig, 0, 30, {}), party={"is_protected": True}, outside_interpreter="confirmed")
    with acting(CoordinatorFactory()):
        agreement = AgreementFactory(agencies=("MIG",), orderer=the_agency("MIG"))
        order = InterpreterOrderFactory(agreement=agreement, site_day=site_day, state="confirmed")
        ChainOrderFactory(chain_id=hidden.pk, order=order)
    assert october() == {}


def test_what_is_held_at_once_is_interpreted_once(comes, acting, mig, skv):
    chain = comes((mig, 0, 30, {}), interpreter=InterpreterFactory())
    with acting(mig):
        host = chain.meetings.get()
        MeetingFactory(
            chain=chain,
            caseworker=skv,
            together_with=host,
            checked_in_at=host.starts_at,
            starts_at=host.starts_at,
        )
    assert october()["on_site_share", "", ""] == (30, 30, 1)


def test_no_shows_are_counted_by_language_notice_and_reminder(comes, acting, mig):
    reminded = comes((mig, 0, 30, MISSED))
    comes((mig, 30, 30, {}), booked_at=after_days(-30), party={"language": "ti"})
    comes((mig, 60, 30, {"checked_in_at": None}))
    with acting(mig):
        MessageFactory(chain=reminded, kind=Message.Kind.REMINDER_DAY, state="sent", sent_at=after_days(-1))
    found = october()
    parts = {key[1:]: told for key, told in found.items() if key[0] == "no_show_share"}
    assert parts == {
        ("language", "ar"): (1, 1, 1),
        ("language", "ti"): (0, 1, 0),
        ("notice", "fortnight"): (1, 1, 1),
        ("notice", "longer"): (0, 1, 0),
        ("reminder", "yes"): (1, 1, 1),
        ("reminder", "no"): (0, 1, 0),
    }


def test_a_reminder_that_did_not_arrive_has_reminded_nobody(comes, acting, mig):
    chain = comes((mig, 0, 30, MISSED))
    told = {"state": "failed", "why": "undelivered", "sent_at": after_days(-1), "settled_at": after_days(-1)}
    with acting(mig):
        MessageFactory(chain=chain, kind=Message.Kind.REMINDER_DAY, **told)
    assert october()["no_show_share", "reminder", "no"] == (1, 1, 1)


def test_of_each_adult_and_question_the_last_answer_counts(comes, acting, mig):
    chain = comes((mig, 0, 30, {}))
    hidden = comes((mig, 30, 30, {}), party={"is_protected": True})
    with acting(mig):
        first, second, *_ = chain.party.members.all()
        for newcomer, kind, code in (
            (first, "refused", "FK"),
            (first, "given", "FK"),
            (second, "refused", "FK"),
            (second, "given", "SKV"),
        ):
            ConsentEventFactory(
                party=chain.party,
                newcomer=newcomer,
                kind=kind,
                recipient=the_agency(code),
                day=DAY,
                at=after_days(-1),
            )
        ConsentEventFactory(party=hidden.party, day=DAY, at=after_days(-1))
        ConsentEventFactory(
            party=chain.party, day=DAY + timedelta(days=40), at=after_days(-1), category="note"
        )
    found = october()
    assert found["consent_share", "", ""] == (2, 3, 2)
    assert found["consent_share", "agency", "FK"] == (1, 2, 2)
    assert found["consent_share", "agency", "SKV"] == (1, 1, 1)


def test_faces_are_counted_of_whoever_answered_the_question(comes, acting, mig):
    chain = comes((mig, 0, 30, {}))
    with acting(mig):
        link = LinkFactory(chain=chain, valid_until=after_days(100))
    with acting_as(Viewer(link=link.token_hash)):
        of_site = {"site": the_site(), "month": OCTOBER, "language": "ar", "track": 1}
        SurveyAnswer.objects.bulk_create(
            [SurveyAnswer(**of_site, purpose=4), SurveyAnswer(**of_site, purpose=2, next_step=3)]
        )
    found = october()
    assert found["survey_purpose", "", ""] == (6, 2, 2)
    assert found["survey_next_step", "", ""] == (3, 1, 1)
    assert ("survey_in_control", "", "") not in found


def test_a_stopped_day_stands_under_each_of_its_reasons(comes, acting, mig):
    comes((mig, 0, 30, {}), outside_interpreter="ordered", left_out=["SKV", "FK"])
    comes((mig, 30, 30, MISSED))
    wish = comes((mig, 60, 30, {}))
    asked = comes((mig, 90, 30, {}))
    comes((mig, 120, 30, {}))
    with acting(mig):
        SummonsAnswerFactory(chain=wish, kind="another_time")
        EventFactory(party=asked.party, chain=asked, kind="asked")
    found = october()
    assert found["chains_stopped", "", ""] == (4, 0, 4)
    parts = {key[2]: told[0] for key, told in found.items() if key[:2] == ("chains_stopped", "why")}
    assert parts == {"interpreter": 1, "SKV": 1, "FK": 1, "no_show": 1, "own_wish": 1, "premises": 1}


def test_waiting_lists_tell_how_long_those_waited_who_left_them(comes, acting, mig):
    chain = comes((mig, 0, 30, {}))
    with acting(mig):
        for days in (2, 5, 9):
            party = PartyFactory(registered_by=mig)
            WaitingPartyFactory(party=party, since=after_days(-days), ended_at=after_days(0), end="booked")
        WaitingPartyFactory(party=chain.party, since=after_days(-30), why="missed")
    assert value("days_waited") == value("days_waited", "why", "no_day") == 5
    assert october()["days_waited", "", ""] == (16, 3, 3)


def test_capacity_stands_beside_what_the_municipalities_said_last(mig, site_day):
    by = CoordinatorFactory()
    shift(mig, site_day, 6)
    said = {"month": OCTOBER, "lowest": 1, "highest": 99, "said_by": by, "said_at": NOW_BEFORE}
    home = Municipality.objects.get(code="0581")
    other = Municipality.objects.filter(site=the_site()).exclude(pk=home.pk)[0]
    Forecast.objects.create(municipality=home, said_on=date(2026, 8, 1), likely=10, **said)
    Forecast.objects.create(municipality=home, said_on=date(2026, 9, 1), likely=12, **said)
    Forecast.objects.create(municipality=other, said_on=date(2026, 8, 1), likely=5, **said)
    found = october()
    assert found["capacity_hours", "", ""] == (6, 0, 0)
    assert found["inflow_persons", "", ""] == (17, 0, 0)


def test_travel_is_the_straight_line_from_home_of_those_who_came_to_the_place(comes, mig, site_day):
    linkoping, norrkoping = (Municipality.objects.get(code=code) for code in ("0580", "0581"))
    Municipality.objects.filter(code="0584").update(latitude=None, longitude=None)
    comes((mig, 0, 30, {}), party={"municipality": linkoping})
    comes((mig, 30, 30, {}), party={"municipality": norrkoping}, track=Track.objects.get(number=2))
    comes((mig, 60, 30, {"form": "telephone"}), party={"municipality": linkoping})
    comes((mig, 90, 30, MISSED), party={"municipality": linkoping})
    comes((mig, 120, 30, {}), party={"municipality": Municipality.objects.get(code="0584")})
    site = the_site()

    def km(home: Municipality) -> float:
        assert home.latitude
        assert home.longitude
        here, there = (home.latitude, home.longitude), (site.latitude, site.longitude)
        return round(distance((float(here[0]), float(here[1])), (float(there[0]), float(there[1]))), 1)

    found = october()
    assert 35 < km(linkoping) < 42
    whole = km(linkoping) + km(norrkoping)
    assert found["travel_km", "", ""] == (round(whole, 1), 2, 2)
    assert found["travel_km", "track", "1"] == (km(linkoping), 1, 1)


def test_another_site_another_month_and_a_day_that_has_not_ended_count_nothing(comes, mig, clock):
    comes((mig, 0, 30, {}))
    assert october("malmo") == {}
    clock.move_to(datetime.fromisoformat("2026-10-06T12:00+02:00"))
    assert [key for key in october() if key[0] != "capacity_hours"] == []


def test_nobody_but_the_role_of_figures_is_told(comes, acting, mig):
    comes((mig, 0, 30, MISSED))
    comes((mig, 30, 30, {}))
    people = [mig, CoordinatorFactory(), ManagerFactory(), HostFactory(), SecretariatFactory()]
    for user in people:
        with acting(user):
            assert collected(the_site().pk, OCTOBER) == {}
            assert _rows_of_all() == []
    with acting_as(NOBODY):
        assert _rows_of_all() == []
    with acting_as(FIGURES):
        assert len(_rows_of_all()) > 20


def _rows_of_all() -> list[tuple]:
    """What each function tells by itself."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE proname ~ '^(counted_|figure_)' AND pronargs = 2"
            " AND proargtypes::text = '20 1082' AND proname <> 'counted_day'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"SELECT * FROM {name}(%s, %s)", [the_site().pk, OCTOBER])
            found += cursor.fetchall()
    return found


@pytest.mark.parametrize("number", [1, 3])
def test_a_month_takes_as_many_queries_however_many_come(comes, mig, number, django_assert_num_queries):
    for place in range(number):
        comes((mig, 30 * place, 30, {}))
    with acting_as(FIGURES), django_assert_num_queries(4):
        collected(the_site().pk, OCTOBER)
