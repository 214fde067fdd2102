"""A manager names who opens protected identities, on a page; who named whom stays."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from agencies.models import NamedOpener, Role, User
from agencies.staff.manage import NotYours
from agencies.staff.openers import name_opener, withdraw_opener
from tests.browser import browser_of, words_of
from tests.factories.agencies import ManagerFactory, UserFactory, the_site
from tests.moment import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def manager(db) -> User:
    return ManagerFactory()


@pytest.fixture
def colleague(manager) -> User:
    return UserFactory(agency=manager.agency)


def test_naming_twice_is_one_naming_and_withdrawing_keeps_it_as_history(manager, colleague, acting):
    with acting(manager):
        assert name_opener(user=colleague, site=the_site(), by=manager, at=NOW)
        assert name_opener(user=colleague, site=the_site(), by=manager, at=NOW) is None
        assert withdraw_opener(user=colleague, site=the_site(), by=manager, at=NOW) == 1
        assert withdraw_opener(user=colleague, site=the_site(), by=manager, at=NOW) == 0
        assert name_opener(user=colleague, site=the_site(), by=manager, at=NOW)
        rows = NamedOpener.objects.order_by("pk").values_list("named_by", "withdrawn_by")
        assert list(rows) == [(manager.pk, manager.pk), (manager.pk, None)]


@pytest.mark.parametrize("who", ["oneself", "of_another_agency", "elsewhere", "a_host", "closed"])
def test_a_manager_names_colleagues_of_both_sites_only(manager, acting, who):
    user = {
        "oneself": lambda: manager,
        "of_another_agency": lambda: UserFactory(agency="AF"),
        "elsewhere": lambda: UserFactory(agency=manager.agency, sites=[the_site("goteborg")]),
        "a_host": lambda: UserFactory(agency=manager.agency, role=Role.HOST),
        "closed": lambda: UserFactory(agency=manager.agency, is_active=False),
    }[who]()
    with acting(manager), pytest.raises(NotYours):
        name_opener(user=user, site=the_site(), by=manager, at=NOW)


def test_only_a_manager_at_the_site_names(manager, colleague, acting):
    elsewhere = ManagerFactory(agency=manager.agency, sites=[the_site("goteborg")])
    for by in (colleague, elsewhere):
        with acting(by), pytest.raises(NotYours):
            name_opener(user=UserFactory(agency=manager.agency), site=the_site(), by=by, at=NOW)


@pytest.mark.parametrize("by", ["colleague", "elsewhere", "other_agency", "oneself"])
def test_the_database_refuses_a_forged_naming(manager, colleague, acting, by):
    who = {
        "colleague": lambda: colleague,
        "elsewhere": lambda: ManagerFactory(agency=manager.agency, sites=[the_site("goteborg")]),
        "other_agency": lambda: ManagerFactory(agency="AF"),
        "oneself": lambda: manager,
    }[by]()
    user = manager if by == "oneself" else colleague
    row = {"agency": manager.agency, "site": the_site(), "user": user, "named_by": who, "named_at": NOW}
    with acting(who), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        NamedOpener.objects.create(**row)


def test_what_is_withdrawn_stays_withdrawn(manager, colleague, acting):
    with acting(manager):
        name_opener(user=colleague, site=the_site(), by=manager, at=NOW)
        withdraw_opener(user=colleague, site=the_site(), by=manager, at=NOW)
        assert NamedOpener.objects.update(withdrawn_at=None, withdrawn_by=None) == 0
        assert NamedOpener.objects.all().delete()[0] == 0


def test_nobody_is_named_twice_at_once(manager, colleague, acting):
    row = {"agency": manager.agency, "site": the_site(), "user": colleague, "named_by": manager}
    with acting(manager):
        NamedOpener.objects.create(**row, named_at=NOW)
    with acting(manager), pytest.raises(IntegrityError), transaction.atomic():
        NamedOpener.objects.create(**row, named_at=NOW)


def test_another_agency_does_not_know_who_is_named(manager, colleague, acting):
    with acting(manager):
        name_opener(user=colleague, site=the_site(), by=manager, at=NOW)
    with acting(ManagerFactory(agency="AF")):
        assert not NamedOpener.objects.exists()


def test_the_page_names_and_withdraws(manager, colleague):
    browser = browser_of(manager)
    address = f"/openers/{colleague.username}/"
    assert str(colleague) in words_of(browser.get("/openers/"))
    assert browser.post(f"{address}name/", {"site": "norrkoping"}).headers["Location"] == "/openers/"
    assert f"named by {manager}" in words_of(browser.get("/openers/"))
    assert browser.post(f"{address}withdraw/", {"site": "norrkoping"}).headers["Location"] == "/openers/"
    page = words_of(browser.get("/openers/"))
    assert "named by" not in page
    assert "Named before" in page
    assert browser.post(f"{address}name/", {"site": "goteborg"}).status_code == 404
    assert browser.post("/openers/nobody/name/", {"site": "norrkoping"}).status_code == 404
