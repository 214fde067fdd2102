"""The page on which an adult corrects where messages go: what it keeps, whom it concerns, and what it refuses."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection
from django.test import Client

from agencies.languages import LANGUAGES
from agencies.secrecy.context import Viewer, acting_as
from bookings.links.tokens import code_of, hash_of, hash_of_code, token_of
from bookings.messages.state_contact import KIND as FOLLOW
from bookings.messages.state_contact import MOST_RECEIPTS, state_contact
from bookings.models import Chain, Link, Message, OwnContact, Party
from bookings.parties.members import Member
from bookings.parties.protect import protect_party
from tests.bookings import booking_steps as steps
from tests.bookings.messages.conftest import PHONE, gateway, sweep  # noqa: F401  # a fixture
from tests.browser import browser_of, words_of
from tests.moment import NOW
from tests.outbox import send_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gateway")]
HERS = "+46701740615"
MEMBERS = [
    Member("Salim", "Haddad", date(1989, 11, 2), "M"),
    Member("Layla", "Haddad", date(1992, 5, 17), "F"),
    Member("Noor", "Haddad", date(2020, 8, 9), "F"),
]


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def chain(acting, caseworker) -> Chain:
    steps.open_days()
    with acting(caseworker):
        chain = steps.book(steps.register(caseworker, members=MEMBERS, phone=PHONE), caseworker)
    sweep(NOW)
    return chain


@pytest.fixture
def link(chain, acting, caseworker) -> Link:
    """Layla's."""
    with acting(caseworker):
        return Link.objects.select_related("newcomer").get(chain=chain, newcomer__given_name="Layla")


def page_of(link: Link, language: str = "en") -> str:
    return f"/d/{token_of(link)}/contact?language={language}"


def opened(link: Link, language: str = "en") -> Client:
    """A phone on which the paper code has been typed."""
    phone = Client()
    phone.post(f"/d/{token_of(link)}/key", {"code": code_of(link), "onward": "contact", "language": language})
    return phone


def holder(link: Link) -> Viewer:
    return Viewer(link=hash_of(token_of(link)), code=hash_of_code(code_of(link)))


def waiting(chain: Chain) -> list[tuple[str, str]]:
    """The reminders that wait, each with the adult to whom it goes."""
    found = Message.objects.filter(chain=chain, state="planned", kind__startswith="reminder").order_by(
        "due_at"
    )
    return sorted(
        {(one.kind, one.newcomer.given_name) for one in found.select_related("newcomer") if one.newcomer}
    )


def test_it_says_where_messages_go_and_keeps_another_number(link, chain, acting, caseworker):
    phone = opened(link)
    assert "070-174 06 12" in words_of(phone.get(page_of(link)))
    answer = phone.post(page_of(link), {"phone": "070 174 06 15", "email": "", "language": "en"})
    assert answer.status_code == 302
    words = words_of(phone.get(answer["Location"]))
    assert "It is kept." in words
    assert "070-174 06 15" in words
    assert "070-174 06 12" not in words
    with acting(caseworker):
        kept = OwnContact.objects.get()
        assert (kept.phone, kept.stated_at, kept.newcomer.given_name) == (HERS, NOW, "Layla")
    staffs = browser_of(caseworker).get(f"/parties/{chain.party.reference}/").text
    assert "070-174 06 15" in staffs


def test_the_new_number_gets_a_receipt_and_each_reminder_once(link, chain, acting, caseworker, gateway):  # noqa: F811
    with acting(caseworker):
        assert {name for _kind, name in waiting(chain)} == {"Salim"}
    gateway.seen.clear()
    opened(link).post(page_of(link), {"phone": HERS, "email": "", "language": "en"})
    for _twice in range(2):
        send_all(FOLLOW, at=NOW)
    with acting(caseworker):
        kinds = ("reminder_day", "reminder_morning", "reminder_week")
        assert waiting(chain) == [(kind, name) for kind in kinds for name in ("Layla", "Salim")]
        assert Message.objects.filter(chain=chain, kind="reminder_day").count() == 2
    sweep(NOW + timedelta(minutes=3))
    assert [one.to for one in gateway.seen.values()] == [HERS]


def test_emptied_the_familys_number_serves_again_and_has_each_reminder_once(link, chain, acting, caseworker):
    phone = opened(link)
    for typed in (HERS, "", HERS, ""):
        phone.post(page_of(link), {"phone": typed, "email": "", "language": "en"})
        send_all(FOLLOW, at=NOW)
    with acting(caseworker):
        assert {name for _kind, name in waiting(chain)} == {"Salim"}
        told = Message.objects.filter(chain=chain, newcomer__given_name="Layla", kind="reminder_day")
        assert [(one.state, one.why) for one in told] == [("dropped", "together")]


def test_the_first_readers_own_number_leaves_the_familys_to_the_other(chain, acting, caseworker):
    with acting(caseworker):
        his = Link.objects.select_related("newcomer").get(chain=chain, newcomer__given_name="Salim")
    opened(his).post(page_of(his), {"phone": "+46701740614", "email": "", "language": "en"})
    send_all(FOLLOW, at=NOW)
    with acting(caseworker):
        assert {name for _kind, name in waiting(chain)} == {"Salim", "Layla"}


def test_nobody_sends_texts_to_number_after_number(link, acting, caseworker):
    phone = opened(link)
    for number in range(MOST_RECEIPTS + 2):
        with time_machine.travel(NOW + timedelta(minutes=5 * number), tick=False):
            sweep(NOW + timedelta(minutes=5 * number))
            answer = opened(link).post(
                page_of(link), {"phone": f"070-174 06 {20 + number}", "language": "en"}
            )
    assert answer.status_code == 429
    assert "many times today" in words_of(answer)
    with acting(caseworker):
        assert OwnContact.objects.get().phone == f"+467017406{20 + MOST_RECEIPTS - 1}"
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        phone = opened(link)
        assert phone.post(page_of(link), {"phone": HERS, "language": "en"}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"phone": "12"}, "phone"),
        ({"phone": "x" * 400}, "phone"),
        ({"phone": "070\x00"}, "phone"),
        ({"email": "layla"}, "email"),
        ({"email": f"{'l' * 300}@example.org"}, "email"),
    ],
)
def test_what_cannot_be_used_is_told_beside_its_field_and_kept_on_the_page(
    link, acting, caseworker, typed, field
):
    answer = opened(link).post(page_of(link), {"phone": "", "email": "", "language": "en"} | typed)
    assert answer.status_code == 422
    assert f'aria-describedby="wrong-{field}"' in answer.text
    with acting(caseworker):
        assert not OwnContact.objects.exists()


def test_another_language_keeps_what_is_typed(link):
    answer = opened(link).post(page_of(link), {"phone": "12", "email": "a@", "switch": "so"})
    assert answer.status_code == 200
    assert answer.headers["Content-Language"] == "so"
    assert 'value="12"' in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_in_the_chosen_language(link, language):
    answer = opened(link, language).get(page_of(link, language))
    assert (answer.status_code, answer.headers["Content-Language"]) == (200, LANGUAGES[language].html_lang)
    assert (language == "en") == ("How we reach you" in answer.text)


def test_without_the_code_it_is_asked_for_and_what_was_typed_comes_along(link, acting, caseworker):
    answer = Client().post(page_of(link), {"phone": HERS, "email": "", "language": "en"})
    assert answer.status_code == 422
    assert 'name="kept.phone" value="+46701740615"' in answer.text
    with acting(caseworker):
        assert not OwnContact.objects.exists()


def test_neither_adult_sees_nor_writes_the_others(link, chain, acting, caseworker):
    opened(link).post(page_of(link), {"phone": HERS, "email": "", "language": "en"})
    with acting(caseworker):
        his = Link.objects.select_related("newcomer").get(chain=chain, newcomer__given_name="Salim")
    assert "06 15" not in words_of(opened(his).get(page_of(his)))
    with acting_as(holder(his)):
        assert not OwnContact.objects.exists()
        assert not OwnContact.objects.update(phone="")


def test_a_protected_adult_is_told_to_call(link, chain, acting, caseworker):
    with acting(caseworker):
        protect_party(party=chain.party, reason="The Swedish Tax Agency has told us.", by=caseworker, at=NOW)
        link = Link.objects.select_related("newcomer").get(pk=link.pk)
    phone = opened(link)
    assert "protected" in words_of(phone.get(page_of(link)))
    answer = phone.post(page_of(link), {"phone": HERS, "email": "", "language": "en"})
    assert answer.status_code == 409
    with acting(caseworker):
        assert not OwnContact.objects.exists()


def test_staff_who_have_the_party_open_meanwhile_overwrite_nothing(link, chain, acting, caseworker):
    with acting(caseworker):
        before = Party.objects.get(pk=chain.party_id).version
    opened(link).post(page_of(link), {"phone": HERS, "email": "", "language": "en"})
    send_all(FOLLOW, at=NOW)
    with acting(caseworker):
        assert Party.objects.get(pk=chain.party_id).version == before + 1


@pytest.mark.django_db(transaction=True)
def test_two_taps_keep_one_contact(link, acting, caseworker):
    start = Barrier(2)

    def tap(number: str) -> None:
        start.wait(60)
        try:
            with acting_as(holder(link)):
                state_contact(link=link, phone=number, email="", at=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as taps:
        list(taps.map(tap, (HERS, HERS)))
    with acting(caseworker):
        assert OwnContact.objects.get().phone == HERS
        assert Message.objects.filter(kind="receipt").count() == 1
