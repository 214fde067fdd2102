"""The secretariat makes managers, coordinators and hosts, a coordinator hosts; nobody a role above the own."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from agencies.models import ApiToken, Role, User
from agencies.staff.appoint import APPOINTS, staff_of
from agencies.staff.manage import (
    NeedsAgency,
    NeedsSite,
    NotAlone,
    NotYours,
    add_colleague,
    change_staff,
    close_staff,
    reset_sign_in,
)
from tests.browser import browser_of, words_of
from tests.factories.agencies import (
    CoordinatorFactory,
    HostFactory,
    ManagerFactory,
    SecretariatFactory,
    UserFactory,
    the_agency,
    the_site,
)
from tests.signing_in import connect_app, key_of, sign_in

pytestmark = pytest.mark.django_db
MAKERS: dict[Role, Any] = {
    Role.SECRETARIAT: SecretariatFactory,
    Role.MANAGER: ManagerFactory,
    Role.COORDINATOR: CoordinatorFactory,
    Role.HOST: HostFactory,
    Role.CASEWORKER: UserFactory,
}


def add(role: Role, by: User, **changes: Any) -> User:
    usual: dict[str, Any] = {
        "username": "olle",
        "name": ("Olle", "Ek"),
        "sites": [the_site()],
        "agency": the_agency("AF"),
    }
    return add_colleague(role=role, by=by, at=timezone.now(), **usual | changes)


@pytest.mark.parametrize("given", Role)
@pytest.mark.parametrize("maker", Role)
def test_everybody_appoints_whom_the_table_says_and_nobody_else(maker, given):
    by = MAKERS[maker]()
    if given in APPOINTS.get(maker, ()):
        assert add(given, by).role == given
        return
    with pytest.raises(NotYours):
        add(given, by)
    assert not User.objects.filter(username="olle").exists()


@pytest.mark.parametrize("other", Role)
@pytest.mark.parametrize("maker", Role)
def test_nobody_closes_or_lets_in_anew_whom_they_do_not_appoint(maker, other):
    of_the_agency = {"agency": "MIG"} if maker == Role.MANAGER else {}
    by, user = MAKERS[maker](), MAKERS[other](**of_the_agency)
    if other in APPOINTS.get(maker, ()):
        close_staff(user=user, by=by, at=timezone.now())
        user.refresh_from_db()
        assert not user.is_active
        return
    with pytest.raises(NotYours):
        close_staff(user=user, by=by, at=timezone.now())
    with pytest.raises(NotYours):
        reset_sign_in(user=user, by=by, at=timezone.now())


def test_managers_are_of_the_agency_that_the_secretariat_names_and_hosts_of_none():
    office = SecretariatFactory()
    assert add(Role.MANAGER, office).agency == the_agency("AF")
    assert add(Role.COORDINATOR, office, username="b", agency=None).agency is None
    assert add(Role.HOST, office, username="c").agency is None
    assert add(Role.CASEWORKER, ManagerFactory(), username="d").agency == the_agency("MIG")
    with pytest.raises(NeedsAgency):
        add(Role.MANAGER, office, username="e", agency=None)
    with pytest.raises(NeedsSite):
        add(Role.COORDINATOR, office, username="f", sites=[])


def test_a_coordinator_looks_after_the_hosts_of_the_own_sites_alone():
    here, elsewhere = HostFactory(), HostFactory(sites=[the_site("malmo")])
    coordinator = CoordinatorFactory()
    assert list(staff_of(coordinator)) == [here]
    with pytest.raises(NotYours):
        close_staff(user=elsewhere, by=coordinator, at=timezone.now())
    with pytest.raises(NotYours):
        add(Role.HOST, coordinator, sites=[the_site("malmo")])


def test_closing_ends_password_factors_sessions_and_token_at_once():
    karin = connect_app(UserFactory())
    session = sign_in(Client(), karin)
    key_of(karin)
    close_staff(user=karin, by=ManagerFactory(), at=timezone.now())
    karin.refresh_from_db()
    assert not karin.is_active
    assert not karin.has_usable_password()
    assert not Authenticator.objects.filter(user=karin).exists()
    assert not ApiToken.objects.filter(user=karin).exists()
    assert session.get("/").status_code == 302


@pytest.mark.parametrize("maker", [ManagerFactory, CoordinatorFactory])
@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.MANAGER, Role.COORDINATOR, "superuser", ""])
def test_a_form_gives_nobody_a_role_above_the_own(maker, role):
    by = maker()
    if role in APPOINTS[Role(by.role)]:
        return
    typed = {
        "username": "olle",
        "first_name": "Olle",
        "last_name": "Ek",
        "role": role,
        "sites": [the_site().pk],
    }
    answer = browser_of(by).post("/new-staff/", typed | {"is_superuser": "on", "is_staff": "on"})
    assert answer.status_code == 422
    assert not User.objects.filter(username="olle").exists()


def test_closing_tells_what_is_booked_and_who_is_left_alone(hold):
    worker, manager = UserFactory(agency="FK", username="fk.anna"), ManagerFactory(agency="FK")
    hold(worker.resource_id, timezone.now() + timedelta(days=5))
    hold(worker.resource_id, timezone.now() - timedelta(days=5))
    browser = browser_of(manager)
    assert "1 meeting is booked with" in words_of(browser.get("/staff/fk.anna/close/"))
    said = words_of(browser.post("/staff/fk.anna/close/", follow=True))
    assert "1 meeting is still booked there" in said


@pytest.mark.parametrize(
    ("factory", "words"),
    [
        (CoordinatorFactory, "Nobody else coordinates"),
        (lambda **one: ManagerFactory(agency="FK", **one), "Nobody else manages the agency at"),
    ],
)
def test_closing_the_last_coordinator_or_manager_of_a_site_says_so_first(factory, words):
    factory(username="the.last", sites=[the_site(), the_site("malmo")])
    browser = browser_of(SecretariatFactory())
    ManagerFactory(agency="AF", sites=[the_site("malmo")])
    assert words_of(browser.get("/staff/the.last/close/")).count(words) == 2
    factory(sites=[the_site("malmo")])
    UserFactory(is_active=False, role=Role.COORDINATOR)
    assert words_of(browser.get("/staff/the.last/close/")).count(words) == 1


def test_closing_twice_is_closing_once():
    karin, manager = UserFactory(), ManagerFactory()
    for _time in range(2):
        close_staff(user=karin, by=manager, at=timezone.now())
    assert [event.kind for event in karin.account_events.all()] == ["closed"]


def test_one_of_the_secretariat_is_let_in_anew_by_two():
    first, second = SecretariatFactory(), SecretariatFactory()
    lost = SecretariatFactory()
    assert not reset_sign_in(user=lost, by=first, at=timezone.now())
    assert not reset_sign_in(user=lost, by=first, at=timezone.now())
    assert reset_sign_in(user=lost, by=second, at=timezone.now())


@pytest.mark.parametrize("changes", [{"email": "x@y.example"}, {"role": Role.HOST}])
@pytest.mark.parametrize("maker", [ManagerFactory, SecretariatFactory])
def test_the_secretariat_changes_nobodys_way_in_alone(maker, changes):
    user = maker()
    usual: dict[str, Any] = {
        "name": ("A", "B"),
        "sex": "",
        "email": user.email,
        "role": user.role,
        "sites": [the_site()],
    }
    with pytest.raises(NotAlone):
        change_staff(user=user, by=SecretariatFactory(), at=timezone.now(), **usual | changes)


def test_nobody_is_lifted_into_the_secretariat():
    with pytest.raises(NotAlone):
        change_staff(
            user=HostFactory(),
            name=("A", "B"),
            sex="",
            email="",
            role=Role.SECRETARIAT,
            sites=[],
            by=SecretariatFactory(),
            at=timezone.now(),
        )


def test_the_list_is_narrowed_by_words_role_site_and_agency():
    ManagerFactory(first_name="Maj", last_name="Lind", agency="AF", sites=[the_site("malmo")])
    HostFactory(first_name="Bo", last_name="Lind")
    office = browser_of(SecretariatFactory())
    for query, seen in {
        "": "Maj Bo",
        "words=lind+maj": "Maj",
        "role=host": "Bo",
        "site=malmo": "Maj",
        "agency=AF": "Maj",
        "agency=AF&role=host": "",
        "role=nonsense&site=%00&agency=x&page=99": "Maj Bo",
    }.items():
        page = words_of(office.get(f"/staff/?{query}"))
        assert {name for name in ("Maj", "Bo") if f"{name} Lind" in page} == set(seen.split()), query


def test_hundreds_stand_on_pages_of_fifty():
    HostFactory.create_batch(60)
    office = browser_of(SecretariatFactory())
    first = words_of(office.get("/staff/?role=host"))
    assert "60 persons" in first
    assert "1 / 2" in first
    assert "?role=host&amp;page=2" in office.get("/staff/?role=host").text
    assert "2 / 2" in words_of(office.get("/staff/?role=host&page=2"))


def test_the_secretariat_makes_a_first_manager_and_the_manager_a_caseworker():
    office = browser_of(SecretariatFactory())
    typed: dict[str, Any] = {
        "username": "chef.af",
        "first_name": "Maj",
        "last_name": "Lind",
        "role": "manager",
        "agency": the_agency("AF").pk,
        "sites": [the_site().pk],
    }
    assert "A manager belongs to an agency." in words_of(office.post("/new-staff/", typed | {"agency": ""}))
    assert "The way in for Maj Lind" in words_of(office.post("/new-staff/", typed))
    maj = browser_of(User.objects.get(username="chef.af"))
    assert 'name="agency"' not in maj.get("/new-staff/").text
    karin = typed | {"username": "karin", "role": "caseworker", "agency": the_agency("MIG").pk}
    maj.post("/new-staff/", karin)
    assert User.objects.get(username="karin").agency == the_agency("AF")
