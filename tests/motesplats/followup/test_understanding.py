"""The report on understanding: by language, form and agreement, at one's own sites, and nothing below six."""

from datetime import date

import pytest

from bookings.models import Understood
from motesplats.followup.understanding import first_month, understood_since
from tests.browser import browser_of, words_of
from tests.factories.agencies import (
    CoordinatorFactory,
    ManagerFactory,
    SecretariatFactory,
    SiteDayFactory,
    UserFactory,
    the_site,
)
from tests.factories.bookings import ChainFactory, MeetingFactory, PartyFactory, UnderstandingFactory
from tests.factories.interpreters import InterpreterFactory, InterpreterOrderFactory
from tests.moment import NOW

DAY = date(2026, 12, 8)
MONTH = date(2026, 12, 1)


@pytest.fixture
def day(db):
    return SiteDayFactory(date=DAY)


@pytest.fixture
def mark(acting, day):
    """Marks of as many parties that MIG has met with the interpreter; gives the last chain."""
    by = UserFactory()

    def make(number, degree="yes", *, why="", tolk=None, language="ar", protected=False):
        with acting(by):
            for _ in range(number):
                party = PartyFactory(registered_by=by, language=language)
                chain = ChainFactory(party=party, site_day=day, interpreter=tolk)
                meeting = MeetingFactory(chain=chain, caseworker=by, attendance="done", checked_in_at=NOW)
                UnderstandingFactory(meeting=meeting, degree=degree, why=why)
                if protected:
                    type(party).objects.filter(pk=party.pk).update(is_protected=True)
            return by, chain

    return make


def rows(acting, reader):
    with acting(reader):
        return understood_since(MONTH)


@pytest.mark.django_db
def test_shares_are_told_by_language_form_and_agreement(acting, day, mark):
    coordinator, tolk = CoordinatorFactory(), InterpreterFactory(name="Senait Woldu")
    with acting(coordinator):
        hours = {"starts_at": day.opens_at, "ends_at": day.closes_at, "site_day": day}
        order = InterpreterOrderFactory(interpreter=tolk, form="phone", **hours)
    mark(6, tolk=tolk)
    mark(2, "partly", why="sound", tolk=tolk)
    mark(7, "no", why="dialect", tolk=InterpreterFactory(remote=True))
    first, second = rows(acting, coordinator)
    assert (first.language, first.form, first.agreement) == ("ara", "phone", order.agreement.contract_number)
    assert (first.number, first.shares, first.why) == (8, [75, 25, 0], "")
    assert (second.form, second.agreement, second.shares, second.why) == (
        "screen",
        "",
        [0, 0, 100],
        "dialekt",
    )
    text = browser_of(coordinator).get("/understanding/").text
    assert "Senait" not in text
    assert order.agreement.contract_number in text


@pytest.mark.django_db
def test_five_answers_are_not_told_and_six_are(acting, mark):
    coordinator, tolk = CoordinatorFactory(), InterpreterFactory()
    mark(5, tolk=tolk)
    words = words_of(browser_of(coordinator).get("/understanding/"))
    assert "Arabic on site – < 6 – – – –" in words
    mark(1, "no", tolk=tolk)
    assert "Arabic on site – 6 83 % 0 % 17 % –" in words_of(browser_of(coordinator).get("/understanding/"))


@pytest.mark.django_db
def test_the_last_mark_of_a_meeting_is_the_one_that_counts(acting, mark):
    by, chain = mark(6, tolk=InterpreterFactory())
    with acting(by):
        UnderstandingFactory(meeting=chain.meetings.get(), degree="no")
    [row] = rows(acting, CoordinatorFactory())
    assert row.degrees == {"yes": 5, "partly": 0, "no": 1}


@pytest.mark.django_db
def test_a_protected_party_is_in_no_figure(acting, mark):
    mark(6, tolk=InterpreterFactory(), protected=True)
    assert rows(acting, SecretariatFactory()) == []


@pytest.mark.django_db
def test_each_reads_the_own_sites_and_the_secretariat_all(acting, mark):
    mark(6, tolk=InterpreterFactory())
    for reader in (CoordinatorFactory(), ManagerFactory(agency="AF"), SecretariatFactory()):
        assert [row.number for row in rows(acting, reader)] == [6]
    for reader in (CoordinatorFactory(sites=[the_site("malmo")]), UserFactory()):
        assert rows(acting, reader) == []
    assert browser_of(UserFactory()).get("/understanding/").status_code == 403


@pytest.mark.django_db
def test_the_view_names_neither_interpreters_nor_meetings():
    named = {field.name for field in Understood._meta.get_fields()}
    assert not named & {"interpreter", "meeting", "chain", "party", "by"}


def test_half_a_year_is_told():
    assert first_month(date(2026, 12, 31)) == date(2026, 7, 1)
    assert first_month(date(2026, 2, 1)) == date(2025, 9, 1)
