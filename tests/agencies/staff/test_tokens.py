"""A token for the API: only its hash is kept, and it ends with its year, the password, the role and the account."""

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from agencies.models import ApiToken, Role, User
from agencies.staff.credentials import make_token
from agencies.staff.manage import change_staff, close_staff
from tests.factories.agencies import PASSWORD, ManagerFactory, UserFactory, the_agency, the_site
from tests.moment import NOW
from tests.signing_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NEW = "nine green bicycles"


@pytest.fixture
def user() -> User:
    return UserFactory(username="karin")


def status(key: str, *, scheme: str = "Bearer") -> int:
    header = {"authorization": f"{scheme} {key}"}
    return Client().get("/api/v1/parties/", headers=header).status_code


@pytest.mark.parametrize("scheme", ["Bearer", "Token", "bearer", "TOKEN"])
def test_both_schemes_are_accepted(user, scheme):
    assert status(make_token(user=user, at=NOW), scheme=scheme) == 200


@pytest.mark.parametrize("key", ["", "nonsense", "mp_", "ä", "a b", "' OR 1=1"])
def test_whatever_is_no_token_is_told_so_alike(user, key):
    make_token(user=user, at=NOW)
    answer = Client().get("/api/v1/parties/", headers={"authorization": f"Bearer {key}"})
    assert answer.status_code == 401
    assert answer.json()["type"] == "/problems/not-signed-in"
    assert answer["WWW-Authenticate"] == "Bearer"


def test_only_a_hash_is_kept(user):
    key = make_token(user=user, at=NOW)
    [row] = ApiToken.objects.values_list()
    assert key not in str(row)
    assert status(str(ApiToken.objects.get().key_hash)) == 401


def test_it_ends_after_a_year_and_a_new_one_ends_the_one_before(user, clock):
    former, key = make_token(user=user, at=NOW), make_token(user=user, at=NOW)
    assert (status(former), status(key)) == (401, 200)
    clock.shift(timedelta(days=364))
    assert status(key) == 200
    clock.shift(timedelta(days=1, seconds=1))
    assert status(key) == 401


def test_the_day_of_its_last_use_is_kept_and_shown(user, clock):
    key = make_token(user=user, at=NOW)
    browser = sign_in(Client(headers={"accept-language": "en"}), user)
    assert "Never used." in browser.get("/my-sign-in/").text
    status(key)
    clock.shift(timedelta(days=3))
    status(key)
    assert ApiToken.objects.get().used_on == timezone.localdate()
    browser = sign_in(Client(headers={"accept-language": "en"}), user)
    assert "Last used on" in browser.get("/my-sign-in/").text


def change_on_the_page(user: User) -> None:
    typed = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert sign_in(Client(), user).post("/password/", typed).status_code == 302


def change_by_hand(user: User) -> None:
    user.set_password(NEW)
    user.save()


def change_role(user: User) -> None:
    change_staff(
        user=user,
        name=("Karin", "Öst"),
        sex="F",
        email="",
        role=Role.COORDINATOR,
        sites=[the_site()],
        by=ManagerFactory(),
        at=NOW,
    )


def close(user: User) -> None:
    close_staff(user=user, by=ManagerFactory(), at=NOW)


def move_in_the_table(user: User) -> None:
    User.objects.filter(pk=user.pk).update(agency=the_agency("AF"))


def close_in_the_table(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


@pytest.mark.parametrize(
    "act",
    [change_on_the_page, change_by_hand, change_role, close, move_in_the_table, close_in_the_table],
    ids=lambda act: act.__name__,
)
def test_it_ends_with(user, act: Callable[[User], None]):
    key = make_token(user=user, at=NOW)
    assert status(key) == 200
    act(user)
    assert status(key) == 401


def test_signing_in_and_changing_the_name_leave_it(user):
    key = make_token(user=user, at=NOW)
    Client().post("/sign-in/", {"username": "karin", "password": PASSWORD})
    user.first_name = "Karina"
    user.save()
    assert status(key) == 200


@pytest.mark.django_db(databases=["default", "migrator"])
def test_a_token_that_stood_in_plain_goes_on_as_a_hash():
    migration = import_module("agencies.migrations.0010_hashed_tokens")
    user = User(username="old")
    user.save(using="migrator")
    with connections["migrator"].cursor() as cursor:
        cursor.execute("CREATE TABLE authtoken_token (key varchar(40), created timestamptz, user_id bigint)")
        cursor.execute("INSERT INTO authtoken_token VALUES ('0123456789abcdef', now(), %s)", [user.pk])
        cursor.execute(migration.HASHED)
        cursor.execute("SELECT to_regclass('authtoken_token')")
        assert cursor.fetchall() == [(None,)]
    token = ApiToken.objects.using("migrator").get()
    assert token.key_hash == "9f9f5111f7b27a781f1f1ddde5ebc2dd2b796bfc7365c9c28b548e564176929f"
    assert token.made_as == "caseworker "
    assert token.ends_at > timezone.now() + timedelta(days=364)
