"""Keys change while people are signed in, links live and identities are sealed: all go on, nothing is in plain."""

from collections.abc import Iterator
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.test import Client
from django.utils import timezone

from agencies.models import IdentityProvider
from agencies.secrecy.sealing import is_sealed_with_current_key, seal, unseal
from bookings.links.tokens import code_of, token_of
from bookings.models import Link, SealedIdentity, SealedWord
from bookings.parties.members import Member
from bookings.parties.protect import open_identity, protect_party
from bookings.parties.sealed_words import scrubbed
from bookings.summons.issue import renew_link
from tests.bookings.booking_steps import book, open_days, register
from tests.factories.agencies import PASSWORD, UserFactory, the_agency
from tests.factories.bookings import SealedIdentityFactory
from tests.moment import NOW
from tests.signing_in import SECRET, code_now, connect_app

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clock", "fresh_cache"),
]
PEOPLE = [
    Member("Zebedina", "Quillfeather", date(1991, 2, 3), "F"),
    Member("Yorrick", "Quillfeather", date(2017, 4, 5), "M"),
]
REACHED: dict[str, Any] = {
    "address": "Syrengränd 4",
    "housing": "Vandrarhemmet Fyren",
    "phone": "+46701740605",
    "email": "z@example.org",
}
PLAIN = (
    "Zebedina",
    "Yorrick",
    "Quillfeather",
    "Syrengränd",
    "Fyren",
    "701740605",
    "z@example.org",
    "1991-02-03",
)


def rotate(settings) -> None:
    """Every key is a new one, and the former one a fallback."""
    for name in ("SECRET_KEY", "LINK_KEY", "SEALING_KEY"):
        former = [getattr(settings, name), *getattr(settings, f"{name}_FALLBACKS")]
        setattr(settings, f"{name}_FALLBACKS", former)
        setattr(settings, name, f"{name} number {len(former)} of this installation")


@pytest.fixture(autouse=True)
def owner() -> Iterator[None]:
    """A connection `owner` of the tables' owner, which the test's own emptying of tables leaves alone."""
    connections["owner"] = connections["migrator"].copy("owner")
    yield
    connections["owner"].close()
    del connections["owner"]


def reseal() -> None:
    call_command("reseal", database="owner")


@pytest.fixture
def karin():
    return connect_app(UserFactory(username="karin"))


@pytest.fixture
def protected(karin, acting):
    with acting(karin):
        party = register(karin, members=PEOPLE, **REACHED)
        return protect_party(party=party, reason="The tax agency says so.", by=karin, at=NOW)


@pytest.fixture
def link(karin, acting) -> Link:
    open_days()
    with acting(karin):
        return book(register(karin), karin).links.select_related("newcomer", "chain").earliest("pk")


def signs_in(browser: Client) -> bool:
    browser.post("/sign-in/", {"username": "karin", "password": PASSWORD})
    browser.post("/sign-in/code/", {"code": code_now()})
    return browser.get("/").status_code == 200


def test_sessions_and_second_factors_outlive_two_changes(karin, settings, clock):
    before = Client()
    assert signs_in(before)
    for _ in range(2):
        rotate(settings)
        clock.shift(60)
        assert before.get("/").status_code == 200
        assert signs_in(Client())


def opened(address: str):
    """The day as a phone sees it that has the token alone."""
    phone = Client()
    phone.post(address, {"language": "en"})
    return phone.get(address)


def test_links_and_paper_codes_outlive_two_changes(link, karin, settings, acting, clock):
    address, code = f"/d/{token_of(link)}", code_of(link)
    for _ in range(2):
        rotate(settings)
        assert (f"/d/{token_of(link)}", code_of(link)) == (address, code)
        assert "Haddad" not in opened(address).text
        phone = Client()
        phone.post(address, {"language": "en", "k": code})
        assert phone.get(f"{address}/readings").status_code == 200
        typed = {"code": code, "onward": "readings", "language": "en"}
        phone = Client()
        phone.post(f"{address}/key", typed)
        assert phone.get(f"{address}/readings").status_code == 200
        phone = Client()
        phone.post(f"{address}/key", typed | {"code": "34679CDF"})
        assert "code" in phone.get(f"{address}/readings").text
    with acting(karin):
        renewed = renew_link(link=link, by=karin, at=timezone.now())
    assert (f"/d/{token_of(renewed)}", code_of(renewed)) != (address, code)
    assert Client().post(f"/d/{token_of(renewed)}/key", typed | {"code": code_of(renewed)}).status_code == 302


def test_sealed_identities_and_providers_outlive_changes_and_are_sealed_anew(
    protected, karin, settings, acting, capsys
):
    provider = IdentityProvider.objects.create(
        agency=the_agency("AF"),
        key="af",
        issuer="https://af.example",
        client_id="m",
        sealed_secret=seal("hush"),
    )
    before = {app.pk: app.data["secret"] for app in Authenticator.objects.all()}
    rotate(settings)
    reseal()
    told = capsys.readouterr().out
    assert "bookings_sealedidentity: 1 sealed anew, 0 were already, 0 cannot be opened" in told
    assert "mfa_authenticator: 1 sealed anew" in told
    assert "agencies_identityprovider: 1 sealed anew" in told
    settings.SEALING_KEY_FALLBACKS = []
    provider.refresh_from_db()
    assert unseal(provider.sealed_secret) == "hush"
    app = Authenticator.objects.get()
    assert app.data["secret"] != before[app.pk]
    assert unseal(app.data["secret"]) == SECRET
    with acting(karin):
        open_identity(party=protected, reason="The family sits here.", by=karin, at=NOW)
        sealed = SealedIdentity.objects.get()
    assert sealed.contact["address"] == "Syrengränd 4"
    assert {person["family_name"] for person in sealed.people.values()} == {"Quillfeather"}
    reseal()
    assert "bookings_sealedidentity: 0 sealed anew, 1 were already" in capsys.readouterr().out


def test_resealing_goes_on_where_it_was_interrupted(karin, settings, monkeypatch, capsys):
    apps = [connect_app(UserFactory()) for _ in range(4)]
    monkeypatch.setattr("motesplats.reseal.BATCH", 2)
    rotate(settings)
    seals = []

    def tire(text: str) -> str:
        seals.append(text)
        if len(seals) == 4:
            raise KeyboardInterrupt
        return seal(text)

    with monkeypatch.context() as patch:
        patch.setattr("motesplats.reseal.seal", tire)
        with pytest.raises(KeyboardInterrupt):
            reseal()
    done = [is_sealed_with_current_key(app.data["secret"]) for app in Authenticator.objects.order_by("pk")]
    assert done == [True, True, False, False, False]
    reseal()
    assert "mfa_authenticator: 3 sealed anew, 2 were already, 0" in capsys.readouterr().out
    assert len(apps) + 1 == Authenticator.objects.count()


def test_a_party_protected_before_words_were_sealed_gets_them_and_later_text_is_scrubbed(
    protected, karin, acting, settings
):
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE bookings_sealedword NO FORCE ROW LEVEL SECURITY")
        cursor.execute("DELETE FROM bookings_sealedword")
        cursor.execute("ALTER TABLE bookings_sealedword FORCE ROW LEVEL SECURITY")
    with acting(karin):
        assert scrubbed("Zebedina is ill.", party_id=protected.pk) == "Zebedina is ill."
    reseal()
    rotate(settings)
    with acting(karin):
        assert scrubbed("Zebedina is ill.", party_id=protected.pk) == "… is ill."
        before = SealedWord.objects.count()
    reseal()
    with acting(karin):
        assert SealedWord.objects.count() == before


def test_what_no_key_opens_is_counted_and_left(karin, settings, capsys):
    settings.SEALING_KEY = "a key out of the blue, without the former one"
    with pytest.raises(CommandError, match="1 rows were sealed"):
        reseal()
    assert "1 cannot be opened" in capsys.readouterr().out


def test_a_missing_key_answers_503_and_not_500(karin, settings):
    settings.SEALING_KEY = "a key out of the blue, without the former one"
    browser = Client(headers={"accept-language": "en"})
    browser.post("/sign-in/", {"username": "karin", "password": PASSWORD})
    answer = browser.post("/sign-in/code/", {"code": "123456"})
    assert answer.status_code == 503
    assert "Not available just now" in answer.text


def test_no_column_of_the_database_holds_a_protected_person_in_plain(protected):
    words = everything_written()
    assert "2:" in words  # the sealed identity itself
    assert [word for word in PLAIN if word in words] == []


def everything_written() -> str:
    """Every row of every table as text, as a dump would show it: the owner lifts the walls and puts them back."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        found = []
        for (table,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            cursor.execute(f"SELECT t::text FROM {table} t")
            found += [row for (row,) in cursor.fetchall()]
        transaction.set_rollback(True, using="owner")
    return "\n".join(found)


def test_identities_that_stood_in_plain_are_sealed_by_the_migration_and_it_can_be_taken_back(protected):
    migration = import_module("bookings.migrations.0014_sealed_by_key")
    with connections["owner"].schema_editor() as editor, editor.connection.cursor() as cursor:
        migration.unseal_rows(None, editor)
        cursor.execute("SELECT contact::json ->> 'address' FROM bookings_sealedidentity")
        assert cursor.fetchall() == [("Syrengränd 4",)]
    assert "Quillfeather" in everything_written()
    with connections["owner"].schema_editor() as editor:
        migration.seal_rows(None, editor)
    assert [word for word in PLAIN if word in everything_written()] == []


def test_the_app_reads_and_changes_no_sealed_row_without_an_opening(protected, karin, acting):
    with acting(karin), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM bookings_sealedidentity")
        assert cursor.fetchall() == []
        cursor.execute("UPDATE bookings_sealedidentity SET contact = ''")
        assert cursor.rowcount == 0


def test_the_factory_seals(acting, karin):
    with acting(karin):
        SealedIdentityFactory(party=register(karin), contact={"address": "Syrengränd 4"})
    assert "Syrengränd" not in everything_written()
