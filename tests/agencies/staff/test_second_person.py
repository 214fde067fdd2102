"""Nobody gets a way in to a manager's account alone, nobody at all to an administrator's; and the person is told."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from agencies.models import Role, User
from agencies.staff.appoint import staff_of
from agencies.staff.manage import (
    NotAlone,
    NotYours,
    add_colleague,
    change_staff,
    close_staff,
    reset_sign_in,
)
from tests.factories.agencies import (
    PASSWORD,
    ManagerFactory,
    SecretariatFactory,
    UserFactory,
    the_site,
)
from tests.signing_in import code_now, connect_app, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "fresh_cache")]


@pytest.fixture
def anna() -> User:
    return ManagerFactory(username="anna", first_name="Anna", last_name="Ek")


@pytest.fixture
def bengt() -> User:
    return ManagerFactory(username="bengt", first_name="Bengt", last_name="Ås")


def browser_of(user: User) -> Client:
    return sign_in(Client(headers={"accept-language": "en"}), user)


def reset(user: User, by: User) -> bool:
    return reset_sign_in(user=user, by=by, at=timezone.now())


def can_sign_in(user: User) -> bool:
    user.refresh_from_db()
    return user.check_password(PASSWORD)


@pytest.mark.parametrize("power", ["is_superuser", "is_staff"])
@pytest.mark.parametrize("role", [Role.MANAGER, Role.CASEWORKER])
def test_administrators_are_out_of_reach_and_sight(anna, bengt, power, role):
    root = UserFactory(username="root", role=role, **{power: True})
    assert root not in staff_of(anna)
    for verb in (close_staff, reset_sign_in):
        for by in (anna, SecretariatFactory()):
            with pytest.raises(NotYours):
                verb(user=root, by=by, at=timezone.now())
    browser = browser_of(anna)
    assert "root" not in browser.get("/staff/").text
    for address in ("", "reset/", "close/"):
        assert browser.post(f"/staff/root/{address}", {}).status_code == 404
    assert can_sign_in(root)


def test_a_fellow_manager_is_let_in_anew_by_two(anna, bengt):
    assert not reset(bengt, by=anna)
    assert not reset(bengt, by=anna)
    assert can_sign_in(bengt)
    assert reset(bengt, by=ManagerFactory())
    assert not can_sign_in(bengt)
    assert not reset(bengt, by=anna)  # the next time takes two again


def test_the_second_person_may_be_the_secretariat_or_a_superuser(anna, bengt):
    for second in (SecretariatFactory(), UserFactory(agency=None, is_superuser=True)):
        assert not reset(bengt, by=anna)
        assert reset(bengt, by=second)


def test_a_manager_of_another_agency_or_site_is_no_second_person(anna, bengt):
    reset(bengt, by=anna)
    for stranger in (ManagerFactory(agency="AF"), ManagerFactory(sites=[the_site("malmo")]), UserFactory()):
        with pytest.raises(NotYours):
            reset(bengt, by=stranger)
    with pytest.raises(NotYours):
        reset(bengt, by=bengt)


def test_somebody_whom_the_first_has_made_is_no_second_person(anna, bengt):
    def puppet(by: User, name: str) -> User:
        return add_colleague(
            username=name,
            name=("P", "P"),
            role=Role.MANAGER,
            sites=[the_site()],
            by=by,
            at=timezone.now(),
        )

    first = puppet(anna, "first")
    second = puppet(first, "second")
    reset(bengt, by=anna)
    assert not reset(bengt, by=first)
    assert not reset(bengt, by=second)
    assert can_sign_in(bengt)


def test_what_was_asked_for_yesterday_counts_no_more(anna, bengt, clock):
    reset(bengt, by=anna)
    clock.shift(timedelta(days=1, seconds=1))
    assert not reset(bengt, by=ManagerFactory())


def test_a_caseworker_is_let_in_anew_by_one(anna):
    karin = UserFactory()
    assert reset(karin, by=anna)
    assert not can_sign_in(karin)


@pytest.mark.parametrize("changes", [{"email": "anna@elsewhere.example"}, {"role": Role.CASEWORKER}])
def test_what_leads_into_a_fellow_managers_account_is_not_changed_alone(anna, bengt, changes):
    usual: dict[str, Any] = {
        "name": ("Bengt", "Ås"),
        "sex": "M",
        "email": bengt.email,
        "role": Role.MANAGER,
        "sites": [the_site()],
    }
    with pytest.raises(NotAlone):
        change_staff(user=bengt, by=anna, at=timezone.now(), **usual | changes)
    change_staff(user=bengt, by=anna, at=timezone.now(), **usual | {"name": ("Bengt", "Ek")})
    bengt.refresh_from_db()
    assert (bengt.last_name, bengt.role) == ("Ek", Role.MANAGER)


def test_the_pages_ask_and_the_secretariat_decides(anna, bengt):
    assert "by two persons" in browser_of(anna).get("/staff/bengt/").text
    assert "It is asked for." in browser_of(anna).post("/staff/bengt/reset/", follow=True).text
    assert "Anna Ek has asked for it" in browser_of(ManagerFactory()).get("/staff/bengt/").text
    office = browser_of(SecretariatFactory())
    assert "Bengt Ås" in office.get("/resets/").text
    assert office.post("/resets/", {"username": "anna"}).status_code == 404
    answer = office.post("/resets/", {"username": "bengt"})
    assert "The way in for Bengt Ås" in answer.text
    assert 'href="/resets/"' in answer.text
    assert "Nobody waits." in office.get("/resets/").text


def test_the_person_is_told_at_the_next_sign_in_and_can_look_it_up(anna, clock):
    karin = connect_app(UserFactory(username="karin"))
    change_staff(
        user=karin,
        name=("Karin", "Ek"),
        sex="F",
        email="karin@mig.example",
        role=Role.CASEWORKER,
        sites=[the_site()],
        by=anna,
        at=timezone.now(),
    )
    for expected in (True, False):
        browser = Client(headers={"accept-language": "en"})
        browser.post("/sign-in/", {"username": "karin", "password": PASSWORD})
        browser.post("/sign-in/code/", {"code": code_now()})
        told = "Anna Ek: Role, sites or e-mail were changed." in browser.get("/").text
        assert told is expected
        clock.shift(60)
        assert "Anna Ek: Role, sites or e-mail were changed" in browser.get("/my-sign-in/").text


def test_a_manager_learns_that_somebody_has_asked(anna, bengt):
    connect_app(bengt)
    reset(bengt, by=anna)
    browser = Client(headers={"accept-language": "en"})
    browser.post("/sign-in/", {"username": "bengt", "password": PASSWORD})
    browser.post("/sign-in/code/", {"code": code_now()})
    assert "Anna Ek: Somebody has asked to reset the sign-in" in browser.get("/").text


def test_who_opens_the_admin_without_being_superuser_gives_no_powers():
    helper = UserFactory(username="helper", is_staff=True)
    helper.user_permissions.set(Permission.objects.filter(codename__in=["change_user", "view_user"]))
    root = UserFactory(username="root", is_superuser=True, is_staff=True)
    browser = browser_of(helper)
    assert "root" not in browser.get("/admin/agencies/user/").text
    assert browser.post(f"/admin/agencies/user/{root.pk}/password/", {}).status_code in {302, 404}
    page = browser.get(f"/admin/agencies/user/{helper.pk}/change/").text
    assert 'name="is_superuser"' not in page
    assert 'name="username"' in page
