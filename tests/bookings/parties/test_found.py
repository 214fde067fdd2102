"""Whom a search finds: by words behind the owner's wall, which triggers keep and an index answers."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Resource
from agencies.secrecy.context import Viewer, acting_as
from bookings.models import Chain, Newcomer, Party, SearchWord
from bookings.parties.found import MOST_WORDS, party_ids
from bookings.parties.narrowing import Narrowing
from bookings.parties.protect import protect_party, unprotect_party
from bookings.parties.queries import listed_keys, listed_parties
from bookings.retention import anonymise_party
from tests.factories.agencies import ManagerFactory, UserFactory
from tests.factories.bookings import ChainFactory, NewcomerFactory, PartyFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def named(caseworker, acting):
    """Register a person of this name, among others."""

    def register(given: str, family: str, **fields) -> Party:
        with acting(caseworker):
            NewcomerFactory(
                party=PartyFactory(registered_by=caseworker, members=()),
                given_name="Bob",
                family_name="Quist",
            )
            party = PartyFactory(registered_by=caseworker, members=(), **fields)
            NewcomerFactory(party=party, given_name=given, family_name=family, birth_date=date(1989, 11, 2))
        return party

    return register


def found(search: str) -> list[Party]:
    return list(listed_parties(search=search, at=NOW))


@pytest.mark.parametrize(
    ("given", "family", "search"),
    [
        ("Abdi Xassan", "Maxamed", "xassan"),
        ("Abdi Xassan", "Maxamed", "Abdi Xassan Maxamed"),
        ("Abdi Xassan", "Maxamed", "maxa ab"),
        ("Omar", "Al Hariri", "Hariri"),
        ("Omar", "Al Hariri", "Al Hariri"),
        ("Omar", "Al Hariri", "al-hariri"),
        ("Omar", "Al Hariri", "alhariri"),
        ("Omar", "Al-Hariri", "hariri"),
        ("Omar", "Al-Hariri", "Al Hariri"),
        ("Omar", "Alhariri", "Al Hariri"),
        ("Omar", "Alhariri", "omar al-hariri"),
        ("Omar", "Al\u00a0Hariri", "hariri"),
        ("Omar", "Al\u2011Hariri", "hariri"),
        ("Sa’id", "O'Neil", "Sa'id"),
        ("Sa'id", "O'Neil", "Sa’id O’Neil"),
        ("Saʿid", "Neil", "said"),
        ("ʿAli", "Neil", "'ali"),
        ("Åsa", "O\u0308berg", "åsa öberg"),
        ("A\u030asa", "Öberg", "Åsa Öberg"),
        ("José", "Núñez", "jose nunez"),
        ("Jose", "Nunez", "José Núñez"),
        ("Đorđe", "Łukasz", "dorde lukasz"),
        ("أحمد", "علی", "احمد علي"),
        ("احمد", "علي", "أحمد علی"),
        ("إبراهيم", "آل كريم", "ابراهيم کریم"),
        ("فاطمة", "مصطفى", "فاطمه مصطفي"),
        ("مُحَمَّد", "كـــريم", "محمد كريم"),
        ("علی\u200cرضا", "کریمی", "علیرضا"),
        ("ሃና", "ተስፋይ ገብረ", "ገብ"),
        ("STRASSE", "Groß", "straße gross"),
    ],
)  # fmt: skip
def test_each_word_is_the_beginning_of_any_word_however_it_is_written(
    named, caseworker, acting, given, family, search
):
    party = named(given, family)
    with acting(caseworker):
        assert found(search) == [party]


@pytest.mark.parametrize(
    "search", ["ariri", "Omar Quist", "Omar Al", "%", "_", "'", "-", "Hariri Hariri2", "\u0640"]
)
def test_what_begins_no_word_finds_nobody(named, caseworker, acting, search):
    named("Omar", "Hariri")
    with acting(caseworker):
        assert found(search) == []


@pytest.mark.parametrize(
    "search",
    [
        "MIG 77/2",
        "mig772",
        "MIG-77",
        "77/2",
        "070-174 06 05",
        "omar 0701740605",
        "19891102",
        "2 nov 1989",
        "Omar 891102-1234",
    ],
)
def test_a_case_reference_a_number_and_a_birth_date_find(named, caseworker, acting, search):
    party = named("Omar", "Hariri", case_reference="MIG 77/2", phone="+46701740605")
    with acting(caseworker):
        assert found(search) == [party]


def test_the_codes_of_a_party_and_its_chains_find_it_without_hyphen(named, caseworker, acting):
    party = named("Omar", "Hariri")
    with acting(caseworker):
        chain = ChainFactory(party=party)
        for code in (party.reference, chain.reference):
            for typed in (
                code,
                code.replace("-", "").lower(),
                code.replace("-", " "),
                code.replace("-", "+"),
                code[:5],
            ):
                assert found(typed) == [party]
            assert found(f"{code} omar") == [party]
        chain.delete()
        assert found(chain.reference) == []


def test_another_agency_finds_and_counts_no_word(named, acting):
    named("Omar", "Hariri")
    with acting(UserFactory(agency="AF")):
        assert party_ids("Omar", today=TODAY) == set()
        assert not SearchWord.objects.exists()


def test_a_corrected_name_is_found_and_the_old_one_is_not(named, caseworker, acting):
    party = named("Omar", "Hariri", phone="+46701740605")
    with acting(caseworker):
        Newcomer.objects.filter(party=party).update(given_name="Omran", birth_date=date(1991, 1, 1))
        Party.objects.filter(pk=party.pk).update(phone="+46701740606")
        assert found("Omran") == found("0701740606") == found("19910101") == [party]
        assert found("Omar") == found("0701740605") == found("19891102") == []
        party.members.all().delete()
        assert found("Hariri") == []


def test_of_a_protected_party_only_codes_are_kept_until_the_protection_ends(named, caseworker, acting):
    party = named("Omar", "Hariri", case_reference="MIG 77/2", phone="+46701740605")
    with acting(caseworker):
        protect_party(party=party, reason="Told by the Tax Agency", by=caseworker, at=NOW)
        assert [word.word for word in SearchWord.objects.filter(party=party)] == [party.reference]
        assert found("Omar") == []
    manager = ManagerFactory()
    with acting(manager):
        unprotect_party(party=party, reason="The Tax Agency has ended it", by=manager, at=NOW)
        assert found("Omar") == found("mig 77") == found("0701740605") == [party]


def test_a_party_that_has_become_anonymous_is_found_by_nothing_that_it_was(named, caseworker, acting):
    party = named("Omar", "Hariri", case_reference="MIG 77/2", phone="+46701740605")
    with acting(caseworker):
        anonymise_party(key=party.pk, at=NOW)
        assert [word.word for word in SearchWord.objects.filter(party=party)] == [party.reference]


def test_the_night_that_sees_no_words_leaves_none(named, caseworker, acting):
    party = named("Omar", "Hariri")
    with acting(caseworker):
        party.delete()
        Resource.objects.filter(pk=party.resource_id).delete()
    with acting(caseworker):
        assert not SearchWord.objects.filter(party_id=party.pk).exists()


def test_nobody_writes_words_by_hand(named, caseworker, acting):
    party = named("Omar", "Hariri")
    with acting(caseworker):
        assert SearchWord.objects.filter(party=party).update(word="x") == 0
        assert SearchWord.objects.filter(party=party).delete()[0] == 0
    with acting_as(Viewer(role="retention")):
        assert not SearchWord.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["ﷺ" * 100, "a-" * 50, "Ⱥ" * 100, "\u0e33" * 100],
    ids=["a sentence a sign", "hyphens", "longer in small", "longer when folded"],
)
def test_a_name_of_any_length_and_script_is_kept(named, caseworker, acting, name):
    party = named(name, "Hariri")
    with acting(caseworker), CaptureQueriesContext(connection) as asked:
        assert found(name) == [party]
    assert sum(query["sql"].count("starts_with") for query in asked) <= MOST_WORDS * 3


def test_the_index_answers_before_the_wall(named, caseworker, acting):
    named("Omar", "Hariri")
    with acting(caseworker), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT party_id FROM bookings_searchword WHERE starts_with(word, 'har')")
        plan = " ".join(line for (line,) in cursor.fetchall())
    assert "Index Cond" in plan
    condition = plan.partition("Index Cond")[2].partition("Filter")[0].replace("::text", "")
    assert re.search(r"word\)? >= 'har'", condition)


def test_every_chain_has_its_word(named, caseworker, acting):
    party = named("Omar", "Hariri")
    with acting(caseworker):
        ChainFactory(party=party)
        codes = {party.reference, *Chain.objects.values_list("reference", flat=True)}
        assert codes < set(SearchWord.objects.filter(party=party).values_list("word", flat=True))


def test_a_search_that_nothing_narrows_is_in_the_order_of_the_list(named, caseworker, acting):
    parties = [named(name, "Hariri") for name in ("Omar", "Layla", "Sami")]
    with acting(caseworker):
        cancelled = {"state": Chain.State.CANCELLED, "cancelled_at": NOW, "cancel_reason": "Sjuk"}
        ChainFactory(party=parties[1], **cancelled)
        ChainFactory(party=parties[1])
        in_order = [party.pk for party in listed_parties(at=NOW, search="hariri")]
        assert listed_keys(at=NOW, search="hariri") == in_order
        assert listed_keys(at=NOW, search="hariri", narrowed=Narrowing()) == in_order
        assert listed_keys(at=NOW, search="hariri", narrowed=Narrowing(booked=False)) != in_order
    assert sorted(in_order) == sorted(party.pk for party in parties)
