"""Password, then second factor; before both nothing opens, and guessing is stopped; sessions and tokens end."""

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from structlog.testing import capture_logs

from agencies.models import ApiToken, User
from agencies.secrecy.sealing import secret_cipher, unseal
from agencies.sign_in.forms import APP_SALT
from agencies.sign_in.guesses import TooOften, code_tries
from agencies.staff.credentials import end_sessions
from agencies.staff.manage import close_staff
from motesplats.embedded.code import code
from tests.factories.agencies import PASSWORD, CoordinatorFactory, ManagerFactory, UserFactory
from tests.signing_in import SECRET, code_now, connect_app, key_of, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "fresh_cache")]
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.fixture
def user() -> User:
    return connect_app(UserFactory(username="karin"))


@pytest.fixture
def browser() -> Client:
    return Client(headers={"accept-language": "en"})


def give_password(browser: Client, password: str = PASSWORD, username: str = "karin"):
    return browser.post("/sign-in/?next=/parties/", {"username": username, "password": password})


def give_code(browser: Client, code: str):
    return browser.post("/sign-in/code/", {"code": code})


def is_in(browser: Client) -> bool:
    """Whether the browser is signed in with both factors."""
    return browser.get("/").status_code == 200


def test_password_and_code_lead_to_the_page_asked_for(browser, user):
    assert give_password(browser).url == "/sign-in/code/"
    assert not is_in(browser)
    assert browser.get("/sign-in/code/").status_code == 200
    assert give_code(browser, code_now()).url == "/parties/"
    assert is_in(browser)
    assert browser.get("/sign-in/").url == "/"


@pytest.mark.parametrize("typed", ["000000", "", "not a code", "1" * 500])
def test_the_error_of_a_wrong_code_stands_beside_its_field(browser, user, typed):
    give_password(browser)
    answer = give_code(browser, typed)
    assert answer.status_code == 422
    assert 'id="id_code_error"' in answer.text
    assert not is_in(browser)


def test_a_code_is_accepted_once(browser, user, clock):
    give_password(browser)
    seen = code_now()
    give_code(browser, seen)
    clock.shift(29)
    other = Client()
    give_password(other)
    assert give_code(other, seen).status_code == 422
    assert not is_in(other)


def test_a_code_is_still_accepted_half_a_minute_later(browser, user, clock):
    give_password(browser)
    early = code_now()
    clock.shift(30)
    assert give_code(browser, early).status_code == 302


def test_codes_are_asked_for_only_after_the_password(browser, user):
    assert browser.get("/sign-in/code/").url == "/sign-in/"
    assert give_code(browser, code_now()).url == "/sign-in/"


def test_signing_out_after_the_password_lets_somebody_else_sign_in(browser, user):
    give_password(browser)
    assert browser.get("/sign-in/").url == "/sign-in/code/"
    browser.post("/sign-out/")
    assert browser.get("/sign-in/").status_code == 200


def test_after_five_wrong_passwords_the_next_waits_and_says_how_long(browser, user):
    connect_app(UserFactory(username="olle"))
    assert [give_password(browser, "wrong").status_code for _ in range(5)] == [422] * 5
    refused = give_password(Client(headers={"accept-language": "en"}))
    assert (refused.status_code, refused["Retry-After"]) == (429, "5")
    assert "Try again in 5 seconds." in refused.text
    assert give_password(browser, username="olle").url == "/sign-in/code/"


def test_waiting_grows_and_ends(browser, user, clock):
    waits = []
    for _ in range(5):
        give_password(browser, "wrong")
    for _ in range(8):
        waits.append(int(give_password(browser, "wrong")["Retry-After"]))
        clock.shift(waits[-1])
        assert give_password(browser, "wrong").status_code == 422
    assert waits == [5, 10, 20, 40, 80, 160, 300, 300]
    clock.shift(300)
    assert give_password(browser).status_code == 302


def from_elsewhere(number: int, username: str = "karin"):
    """A wrong password from an address of its own."""
    typed = {"username": username, "password": "wrong"}
    return Client().post("/sign-in/", typed, REMOTE_ADDR=f"10.0.{number // 250}.{number % 250}")


def test_strangers_make_a_user_wait_seconds_at_most(user, clock):
    for number in range(20):
        assert from_elsewhere(number).status_code == 422
    waits = []
    for number in range(20, 30):
        answer = from_elsewhere(number)
        waits.append(int(answer["Retry-After"]))
        clock.shift(waits[-1])
        assert from_elsewhere(number + 50).status_code == 422
    assert max(waits) == 5
    clock.shift(5)
    assert give_password(Client(REMOTE_ADDR="10.9.9.9")).status_code == 302


def test_on_a_known_device_strangers_do_not_even_slow_a_user_down(browser, user):
    give_password(browser)
    give_code(browser, code_now())
    browser.post("/sign-out/")
    for number in range(25):
        from_elsewhere(number)
    assert from_elsewhere(30).status_code == 429
    assert give_password(browser).status_code == 302
    guest = Client()
    guest.cookies["device"] = browser.cookies["device"].value + "x"
    assert give_password(guest).status_code == 429


def test_one_address_that_tries_many_names_waits_too(user):
    answers = [give_password(Client(), "wrong", f"name{number}").status_code for number in range(51)]
    assert answers == [422] * 50 + [429]


def test_of_many_tries_at_the_same_moment_one_gets_the_turn(user, clock):
    tries = code_tries(user=user.pk)
    for _ in range(5):
        tries.take_turn(at=0)
    held = cache.get
    with patch.object(
        cache, "get", lambda key, default=None: (5, 0.0) if "code" in key else held(key, default)
    ):
        tries.take_turn(at=100)
        with pytest.raises(TooOften):
            tries.take_turn(at=100)


def test_name_and_digits_are_typed_as_a_phone_types_them(browser, user):
    assert give_password(browser, username="Karin").url == "/sign-in/code/"
    code = code_now().translate(EASTERN)
    assert give_code(browser, f"{code[:3]}\u00a0{code[3:]}").status_code == 302
    assert is_in(browser)


@pytest.mark.parametrize("typed", ["KARIN", "ｋａｒｉｎ", " karin "])
def test_case_and_width_of_the_name_do_not_matter(browser, user, typed):
    assert give_password(browser, username=typed).url == "/sign-in/code/"


def test_while_redis_is_away_people_sign_in(browser, user, settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:9/0"}}
    with capture_logs() as told:
        assert give_password(browser, "wrong").status_code == 422
        assert give_password(browser).url == "/sign-in/code/"
        assert give_code(browser, code_now()).status_code == 302
    assert is_in(browser)
    assert {"cache_away"} == {entry["event"] for entry in told if entry["log_level"] == "error"}


def test_guessing_codes_is_stopped_too(browser, user):
    give_password(browser)
    assert [give_code(browser, f"00000{n}").status_code for n in range(6)] == [422] * 5 + [429]
    assert give_code(browser, code_now()).status_code == 429


def test_an_unknown_user_name_answers_like_a_wrong_password(user):
    answers = [
        give_password(Client(), "wrong", name).text.replace(name, "NAME") for name in ("karin", "nemo")
    ]
    first, second = (answer.split("<main")[1].split("</main>")[0] for answer in answers)
    assert first.split("csrf")[0] == second.split("csrf")[0]
    assert first.split('role="alert"')[1] == second.split('role="alert"')[1]


def test_without_a_second_factor_every_page_redirects_to_set_one_up(browser):
    UserFactory(username="karin")
    assert give_password(browser).url == "/parties/"
    for address in ("/", "/parties/", "/password/", "/admin/"):
        assert browser.get(address).url == "/my-sign-in/"
    assert browser.get("/api/v1/parties/").status_code == 401
    assert "One step is left" in browser.get("/my-sign-in/").text


def test_a_first_app_is_connected_and_its_recovery_codes_shown(browser):
    UserFactory(username="karin")
    give_password(browser)
    page = browser.get("/my-sign-in/app/")
    assert "data:image/svg+xml" in page.text
    assert browser.post("/my-sign-in/app/", {"code": "000000"}).status_code == 422
    kept = browser.session["mfa.totp.secret"]
    secret = secret_cipher(APP_SALT).decrypt(kept.encode()).decode()
    assert secret in page.text
    assert secret not in str(dict(browser.session))
    right = code(secret, step=int(timezone.now().timestamp()) // 30).translate(EASTERN)
    answer = browser.post("/my-sign-in/app/", {"code": f"{right[:3]}\u00a0{right[3:]}"}, follow=True)
    assert answer.redirect_chain == [("/my-sign-in/codes/", 302)]
    assert answer.text.count("<code>") == 10
    assert is_in(browser)
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert unseal(kept) == secret


def test_a_recovery_code_is_accepted_once(browser, user):
    sign_in(browser, user)
    browser.post("/my-sign-in/codes/new/")
    spare = re.findall("<code>(.*?)</code>", browser.get("/my-sign-in/codes/").text)[0]
    browser.post("/sign-out/")
    give_password(browser)
    assert give_code(browser, spare).status_code == 302
    other = Client()
    give_password(other)
    assert give_code(other, spare).status_code == 422


def test_the_only_second_factor_cannot_be_removed(browser, user):
    sign_in(browser, user)
    answer = browser.post("/my-sign-in/app/remove/")
    assert answer.status_code == 422
    assert "only second factor" in answer.text


def test_changes_to_the_sign_in_ask_for_a_code_again_after_ten_minutes(browser, user, clock):
    sign_in(browser, user)
    assert browser.get("/my-sign-in/passkey/").status_code == 200
    clock.shift(timedelta(minutes=11))
    asked = browser.get("/my-sign-in/passkey/")
    assert asked.url == "/my-sign-in/again/?next=%2Fmy-sign-in%2Fpasskey%2F"
    assert browser.get(asked.url).status_code == 200
    assert browser.post(asked.url, {"code": "000000"}).status_code == 422
    assert browser.post(asked.url, {"code": code_now()}).url == "/my-sign-in/passkey/"
    assert browser.get("/my-sign-in/passkey/").status_code == 200


def test_a_session_ends_after_half_an_hour_without_use(browser, user, clock):
    sign_in(browser, user)
    for _ in range(3):
        clock.shift(timedelta(minutes=29))
        assert is_in(browser)
    clock.shift(timedelta(minutes=30, seconds=1))
    assert browser.get("/").url == "/sign-in/?next=/"


def test_a_session_ends_after_twelve_hours(browser, user, clock):
    sign_in(browser, user)
    for _ in range(36):
        assert is_in(browser)
        clock.shift(timedelta(minutes=20))
    assert is_in(browser)
    clock.shift(timedelta(seconds=1))
    assert not is_in(browser)


def test_a_session_is_written_once_a_minute(browser, user, clock, django_assert_max_num_queries):
    sign_in(browser, user)
    clock.shift(59)
    with django_assert_max_num_queries(30) as asked:
        browser.get("/my-sign-in/")
    assert not [query for query in asked.captured_queries if "UPDATE" in query["sql"]]


def test_signing_out_everywhere_ends_every_session(browser, user):
    other = sign_in(Client(), user)
    sign_in(browser, user)
    assert browser.post("/sign-out/everywhere/").url == "/sign-in/"
    assert not is_in(other)
    assert not is_in(browser)


def test_closing_a_user_ends_session_token_and_password_at_once(browser, user, settings):
    manager = ManagerFactory()
    sign_in(browser, user)
    key = key_of(user)
    header = {"authorization": f"Token {key}"}
    assert Client().get("/api/v1/parties/", headers=header).status_code == 200
    close_staff(user=user, by=manager, at=timezone.now())
    assert not is_in(browser)
    assert Client().get("/api/v1/parties/", headers=header).status_code == 401
    assert give_password(Client()).status_code == 422


def test_a_token_of_a_closed_user_answers_401_even_if_it_is_left(user):
    key = key_of(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    answer = Client().get("/api/v1/parties/", headers={"authorization": f"Token {key}"})
    assert answer.status_code == 401


def test_a_token_is_made_shown_once_and_ended(browser, user):
    sign_in(browser, user)
    page = browser.post("/my-sign-in/token/")
    [key] = re.findall(r"<code>(mp_[\w-]{43})</code>", page.text)
    assert key not in str(ApiToken.objects.values_list().get(user=user))
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert key not in browser.get("/my-sign-in/").text
    header = {"authorization": f"Token {key}"}
    assert Client().get("/api/v1/parties/", headers=header).status_code == 200
    browser.post("/my-sign-in/token/end/")
    assert Client().get("/api/v1/parties/", headers=header).status_code == 401


def test_the_admin_uses_the_same_sign_in(browser):
    connect_app(CoordinatorFactory(username="karin", is_staff=True, is_superuser=True))
    assert browser.get("/admin/").status_code == 404
    typed = {"username": "karin", "password": PASSWORD}
    assert browser.post(reverse("admin:login"), typed).status_code == 404
    give_password(browser)
    assert browser.get("/admin/").status_code == 404
    give_code(browser, code_now())
    assert browser.get("/admin/").status_code == 200


def test_ending_sessions_ends_the_present_one(browser, user):
    sign_in(browser, user)
    assert is_in(browser)
    end_sessions(user=user, by=user, at=timezone.now())
    assert not is_in(browser)


def test_an_app_s_secret_is_stored_encrypted():
    connect_app(UserFactory())
    assert SECRET not in Authenticator.objects.get().data["secret"]
