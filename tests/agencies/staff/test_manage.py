"""Managers add, change and close the staff of their own agency at their own sites, and nobody else's."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from agencies.models import ApiToken, Role, User
from agencies.staff.appoint import staff_of
from agencies.staff.manage import (
    NameTaken,
    NotYours,
    add_colleague,
    change_staff,
    close_staff,
    reset_sign_in,
)
from tests.browser import browser_of
from tests.factories.agencies import (
    PASSWORD,
    CoordinatorFactory,
    HostFactory,
    ManagerFactory,
    UserFactory,
    the_site,
)
from tests.signing_in import connect_app, key_of, sign_in

pytestmark = pytest.mark.django_db
NEW = "nine green bicycles"


@pytest.fixture
def manager() -> User:
    return ManagerFactory(username="chef")


@pytest.fixture
def colleague(manager) -> User:
    return connect_app(UserFactory(username="karin", first_name="Karin", last_name="Öst"))


@pytest.fixture
def browser(manager) -> Client:
    return sign_in(Client(headers={"accept-language": "en"}), manager)


def strangers() -> list[User]:
    """Users who are not the staff of a manager of the Migration Agency at Norrköping."""
    return [
        UserFactory(agency="AF"),
        UserFactory(sites=[the_site("malmo")]),
        HostFactory(),
        CoordinatorFactory(),
    ]


def typed(**changes: object) -> dict[str, object]:
    """The fields of the form for a new colleague."""
    return {
        "username": "olle",
        "first_name": "Olle",
        "last_name": "Ek",
        "email": "",
        "role": "caseworker",
        "sex": "M",
        "sites": [str(the_site().pk)],
    } | changes


def change(user: User, by: User, **changes: Any) -> None:
    """Make the user coordinator, or what `changes` say."""
    usual = {
        "name": ("Karin", "Ek"),
        "sex": "F",
        "email": "",
        "role": Role.COORDINATOR,
        "sites": [the_site()],
    }
    change_staff(user=user, by=by, at=timezone.now(), **usual | changes)


def test_a_manager_looks_after_the_agency_s_staff_at_the_own_sites(manager, colleague):
    strangers()
    assert set(staff_of(manager)) == {manager, colleague}


def test_a_new_caseworker_has_a_desk_and_no_password(manager):
    user = add_colleague(
        username="olle",
        name=("Olle", "Ek"),
        role=Role.CASEWORKER,
        sites=[the_site()],
        by=manager,
        at=timezone.now(),
    )
    assert user.agency == manager.agency
    assert user.resource is not None
    assert user.resource.kind == "desk"
    assert not user.has_usable_password()


def test_a_taken_name_is_refused(manager, colleague):
    with pytest.raises(NameTaken):
        add_colleague(
            username="karin",
            name=("K", "K"),
            role=Role.MANAGER,
            sites=[the_site()],
            by=manager,
            at=timezone.now(),
        )


def test_role_and_sites_change_and_other_managers_sites_stay(manager, colleague):
    colleague.sites.add(the_site("malmo"))
    desk = colleague.resource
    change(colleague, manager)
    colleague.refresh_from_db()
    assert (colleague.role, colleague.last_name, colleague.resource) == (Role.COORDINATOR, "Ek", desk)
    assert set(colleague.sites.all()) == {the_site(), the_site("malmo")}


@pytest.mark.parametrize("changes", [{"role": Role.SECRETARIAT}, {"role": Role.HOST}, {"sites": ["malmo"]}])
def test_other_roles_and_other_sites_are_refused(manager, colleague, changes):
    if "sites" in changes:
        changes = {"sites": [the_site(code) for code in changes["sites"]]}
    with pytest.raises(NotYours):
        change(colleague, manager, **changes)


def test_other_staff_and_oneself_are_refused(manager):
    for user in [*strangers(), manager]:
        for verb in (close_staff, reset_sign_in):
            with pytest.raises(NotYours):
                verb(user=user, by=manager, at=timezone.now())
        with pytest.raises(NotYours):
            change(user, manager)


def test_others_than_managers_are_refused(colleague):
    for by in (UserFactory(), HostFactory(), CoordinatorFactory(agency="MIG")):
        with pytest.raises(NotYours):
            close_staff(user=colleague, by=by, at=timezone.now())


def test_a_reset_forgets_password_factors_sessions_and_token(manager, colleague):
    session = sign_in(Client(), colleague)
    key_of(colleague)
    reset_sign_in(user=colleague, by=manager, at=timezone.now())
    colleague.refresh_from_db()
    assert not colleague.has_usable_password()
    assert not Authenticator.objects.filter(user=colleague).exists()
    assert not ApiToken.objects.filter(user=colleague).exists()
    assert session.get("/").status_code == 302


def test_the_pages_are_for_those_who_appoint(colleague):
    for user in (colleague, HostFactory(), ManagerFactory(agency=None)):
        browser = sign_in(Client(), user)
        for address in ("/staff/", "/new-staff/", "/staff/karin/"):
            assert browser.get(address).status_code == 403
        for act in ("close", "reset"):
            assert browser.post(f"/staff/karin/{act}/").status_code == 403
    assert User.objects.get(username="karin").is_active


def test_other_staff_answer_404_like_nobody(browser):
    for user in strangers():
        for address in ("", "close/", "reset/"):
            answer = browser.post(f"/staff/{user.username}/{address}", typed())
            assert answer.status_code == 404
            assert answer.text == browser.post("/staff/nobody/", typed()).text


def test_the_list_runs_the_same_number_of_queries_for_more_staff(browser, manager, django_assert_num_queries):
    for extra in (0, 2):
        UserFactory.create_batch(extra)
        with django_assert_num_queries(18):
            assert browser.get("/staff/").status_code == 200


def test_a_new_colleague_chooses_a_password_by_a_link_that_is_valid_once(browser, manager, settings):
    answer = browser.post("/new-staff/", typed())
    assert answer["Cache-Control"].startswith("max-age=0")
    [link] = re.findall(rf"<code>({settings.BASE_URL}\S+)</code>", answer.text)
    guest = Client(headers={"accept-language": "en"})
    page = guest.get(urlsplit(link).path, follow=True)
    form = page.redirect_chain[-1][0]
    refused = guest.post(form, {"new_password1": "short", "new_password2": "short"})
    assert refused.status_code == 422
    assert guest.post(form, {"new_password1": NEW, "new_password2": NEW})["Location"] == "/sign-in/"
    assert User.objects.get(username="olle").check_password(NEW)
    assert "has been used" in Client(headers={"accept-language": "en"}).get(urlsplit(link).path).text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"username": "karin"}, "username"),
        ({"username": "kar in"}, "username"),
        ({"username": "a/b"}, "username"),
        ({"first_name": ""}, "first_name"),
        ({"email": "nowhere"}, "email"),
        ({"role": "secretariat"}, "role"),
        ({"sites": []}, "sites"),
        ({"sites": ["999999"]}, "sites"),
    ],
)
def test_an_error_stands_beside_its_field_and_the_other_input_is_kept(browser, colleague, changes, field):
    answer = browser.post("/new-staff/", typed(**changes))
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.text
    assert 'value="Ek"' in answer.text
    assert not User.objects.filter(username="olle").exists()


def test_a_colleague_is_changed_closed_and_opened_again(browser, colleague):
    assert 'value="Karin"' in browser.get("/staff/karin/").text
    answer = browser.post("/staff/karin/", typed(role="coordinator"), follow=True)
    assert "The change is made." in answer.text
    assert User.objects.get(username="karin").role == Role.COORDINATOR
    assert "Close the account of Olle Ek" in browser.get("/staff/karin/close/").text
    assert User.objects.get(username="karin").is_active
    assert "cannot sign in any more" in browser.post("/staff/karin/close/", follow=True).text
    assert not User.objects.get(username="karin").is_active
    assert "The way in for Olle Ek" in browser.post("/staff/karin/reset/").text
    assert User.objects.get(username="karin").is_active


def test_a_manager_cannot_change_the_own_account(browser, manager):
    page = browser.get("/staff/chef/")
    assert page.status_code == 200
    assert "/close/" not in page.text
    answer = browser.post("/staff/chef/", typed())
    assert answer.status_code == 422
    assert "Somebody else has to do this for you." in answer.text
    manager.refresh_from_db()
    assert manager.check_password(PASSWORD)


def test_a_colleagues_sex_is_changed_on_the_page(manager, colleague):
    address = f"/staff/{colleague.username}/"
    browser = browser_of(manager)
    sent = typed(sex="F", first_name=colleague.first_name, last_name=colleague.last_name)
    assert browser.post(address, sent).status_code == 302
    colleague.refresh_from_db()
    assert colleague.sex == "F"
    assert '<option value="F" selected' in browser.get(address).text
