"""Correcting a party: what is written, what becomes of its letter and its day."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from agencies.models import Municipality, Role, User
from bookings.attendance.eligibility import LegalBasisNotValid, UnaccompaniedMinor
from bookings.chains.amend import Amended, amend_party
from bookings.chains.book import book_chain, move_chain
from bookings.chains.placement import SlotTaken
from bookings.chains.versions import ChangedMeanwhile, MovedMeanwhile
from bookings.models import Chain, LegalBasis, Link, Newcomer, Party
from bookings.parties.amend import Correction, MemberAsAmended, NamesSealed
from bookings.parties.members import Member
from bookings.parties.protect import protect_party
from bookings.parties.register import NotUsable
from bookings.summons.compose import compose
from tests.bookings.booking_steps import ask, book, open_days, register, signed_proposal
from tests.factories.agencies import UserFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db
BABY = MemberAsAmended(None, Member("Amal", "Haddad", date(2026, 11, 2)))


@pytest.fixture
def by() -> User:
    return UserFactory(first_name="Karin", last_name="Ek")


@pytest.fixture
def chain(by, acting) -> Chain:
    open_days()
    with acting(by):
        return book(register(by, phone="0701740605"), by)


def amend(party: Party, by: User, *, members: Any = None, seen: Any = None, **values: Any) -> Amended:
    return amend_party(party=party, correction=Correction(values, members), by=by, at=NOW, seen=seen)


def as_they_are(party: Party, **changes: Any) -> list[MemberAsAmended]:
    """All members, the first of them with the changes."""
    names = ("given_name", "family_name", "birth_date", "sex")
    found = []
    for n, member in enumerate(party.members.all()):
        stated = {name: getattr(member, name) for name in names} | (changes if n == 0 else {})
        found.append(MemberAsAmended(member.key, Member(**stated)))
    return found


def letter_of(chain: Chain, link: Link) -> Any:
    return compose(chain.summonses.latest("version"), link)


def test_a_wrong_telephone_number_is_corrected_and_the_letter_gets_its_next_version(chain, by, acting):
    with acting(by):
        seen = Party.objects.get().version
        amended = amend(chain.party, by, phone="070-174 06 99", seen=[str(seen)])
        party = Party.objects.get()
        assert (party.phone, party.version) == ("+46701740699", seen + 1)
        assert (set(amended.changed), amended.must_move) == ({"phone"}, False)
        assert amended.letter
        assert amended.letter.version == 2
        swedish = letter_of(chain, chain.links.earliest("pk")).pages[1]
        assert swedish.own_phone == "070-174 06 99"
        assert swedish.changes == ("Några uppgifter i brevet är rättade. Dagen är densamma.",)
        event = party.events.latest("pk")
        assert (event.kind, event.facts["what"], event.chain) == ("amended", ["phone"], chain)


def test_what_the_letter_does_not_tell_makes_no_version(chain, by, acting):
    with acting(by):
        amended = amend(chain.party, by, email="layla@example.se", case_reference="12 345")
        assert (set(amended.changed), amended.letter) == ({"email", "case_reference"}, None)
        assert chain.summonses.count() == 1


def test_nothing_changed_is_nothing_written(chain, by, acting):
    with acting(by):
        party = Party.objects.get()
        assert amend(party, by, phone="0701740605", members=as_they_are(party)).changed == frozenset()
        assert Party.objects.get().version == party.version
        assert not party.events.filter(kind="amended").exists()


def test_a_name_is_corrected_and_the_link_stays(chain, by, acting):
    with acting(by):
        before = list(chain.links.order_by("pk").values_list("token_hash", flat=True))
        amended = amend(chain.party, by, members=as_they_are(chain.party, given_name="Umar"))
        assert amended.letter
        assert list(chain.links.order_by("pk").values_list("token_hash", flat=True)) == before
        link = chain.links.select_related("newcomer").get(newcomer__given_name="Umar")
        assert letter_of(chain, link).pages[0].recipient == "Umar Haddad"


def test_a_newborn_joins_and_the_day_that_is_too_short_must_move(chain, by, acting):
    with acting(by):
        amended = amend(chain.party, by, members=[*as_they_are(chain.party), BABY])
        chain, party = Chain.objects.get(), Party.objects.get()
        assert party.members.count() == 5
        assert (amended.must_move, chain.must_move, amended.letter) == (True, True, None)
        chain = moved(chain, by)
        assert (chain.must_move, chain.summonses.count()) == (False, 2)


def test_who_comes_of_age_by_a_correction_gets_a_link(chain, by, acting):
    with acting(by):
        *others, child = as_they_are(chain.party)
        grown = MemberAsAmended(child.key, replace(child.typed, birth_date=date(2000, 1, 1)))
        amended = amend(chain.party, by, members=[*others, grown])
        if not amended.letter:
            moved(chain, by)
        assert child.key in {link.newcomer.key for link in chain.links.select_related("newcomer")}
        assert chain.links.count() == 3


def test_who_leaves_the_party_has_no_link_any_more(chain, by, acting):
    with acting(by):
        omar, *others = as_they_are(chain.party)
        assert amend(chain.party, by, members=others).must_move
        assert Newcomer.objects.count() == 3
        moved(chain, by)
        assert [link.newcomer.given_name for link in chain.links.select_related("newcomer")] == ["Layla"]
        assert not Newcomer.objects.filter(key=str(omar.key)).exists()


def moved(chain: Chain, by: User) -> Chain:
    """The chain at the best time for the party as it is now."""
    chain = Chain.objects.get(pk=chain.pk)
    return move_chain(chain=chain, proposal=signed_proposal(chain.party, moving=chain), by=by, at=NOW)


def test_a_change_that_the_day_allows_keeps_it(chain, by, acting):
    with acting(by):
        amended = amend(chain.party, by, address="Syrengränd 4, 602 00 Norrköping", housing_kind="abo")
        assert not amended.must_move
        page = letter_of(chain, chain.links.earliest("pk")).pages[0]
        assert page.address == ("Syrengränd 4", "602 00 Norrköping")


def test_another_language_without_its_interpreter_must_move(chain, by, acting):
    with acting(by):
        amended = amend(chain.party, by, interpreter_language="tir")
        assert (amended.must_move, amended.letter) == (True, None)
        assert Party.objects.get().interpreter_language == "tir"


def test_another_language_of_the_letter_alone_keeps_the_day(chain, by, acting):
    with acting(by):
        amended = amend(chain.party, by, language="so", interpreter_language="ara")
        assert (amended.must_move, amended.letter and amended.letter.version) == (False, 2)
        somali, swedish = letter_of(chain, chain.links.earliest("pk")).pages
        assert (somali.language, swedish.interpreter) == ("so", "arabiska")


@pytest.mark.parametrize(
    ("language", "said", "values", "now"),
    [
        # Nobody said anything: all follows the letter's language.
        ("ar", {}, {"language": "so"}, ("som", True)),
        ("ar", {}, {"language": "sv"}, ("swe", False)),
        ("en", {}, {"language": "ti"}, ("tir", True)),
        ("sv", {}, {"interpreter_language": "kmr"}, ("kmr", True)),
        # What was said stays, until it is emptied.
        ("ar", {"interpreter_language": "kmr"}, {"language": "so"}, ("kmr", True)),
        ("ar", {"needs_interpreter": False}, {"language": "so"}, ("som", False)),
        ("ar", {"interpreter_language": "kmr"}, {"interpreter_language": ""}, ("ara", True)),
        ("sv", {"interpreter_language": "kmr"}, {"interpreter_language": ""}, ("swe", False)),
        ("ar", {"needs_interpreter": False}, {"needs_interpreter": None}, ("ara", True)),
        ("ar", {"needs_interpreter": False}, {"address": ""}, ("ara", False)),
    ],
)
def test_what_nobody_said_of_the_interpreter_follows_the_letter(by, acting, language, said, values, now):
    with acting(by):
        amend(register(by, language=language, **said), by, **values)
        party = Party.objects.get()
        assert (party.interpreter_language, party.needs_interpreter) == now


def test_a_childs_own_letter_is_refused_with_a_word(chain, by, acting):
    with acting(by):
        *others, child = as_they_are(chain.party)
        wrong = MemberAsAmended(child.key, replace(child.typed, letter_language="so"))
        with pytest.raises(NotUsable) as refused:
            amend(chain.party, by, members=[*others, wrong])
        assert refused.value.errors["members"][-1] == {
            "letter_language": [
                "Ett barn får inget brev. Bara den som är vuxen kan ha ett eget språk för brevet."
            ]
        }


def test_an_adults_own_language_makes_the_letters_next_version_in_it(chain, by, acting):
    with acting(by):
        omar, *others = as_they_are(chain.party)
        own = MemberAsAmended(omar.key, replace(omar.typed, letter_language="so"))
        amended = amend(chain.party, by, members=[own, *others])
        assert (amended.must_move, amended.letter and amended.letter.version) == (False, 2)
        link = chain.links.select_related("newcomer").get(newcomer__key=omar.key)
        assert [page.language for page in letter_of(chain, link).pages] == ["so", "sv"]


def test_what_is_refused_is_named_beside_its_field_and_nothing_is_written(chain, by, acting):
    with acting(by):
        members = as_they_are(chain.party, birth_date=date(2027, 1, 1))
        with pytest.raises(NotUsable) as refused:
            amend(chain.party, by, phone="12", email="x", members=members)
        assert {"phone", "members"} <= set(refused.value.errors)
        assert Party.objects.get().phone == "+46701740605"


def test_an_old_value_that_is_not_touched_stands_in_nobodys_way(chain, by, acting):
    with acting(by):
        Party.objects.update(phone="12", housing="a\u202eb")
        assert amend(Party.objects.get(), by, email="layla@example.se").changed == {"email"}


def test_a_basis_that_holds_no_longer_is_asked_for_only_when_it_is_changed(chain, by, acting):
    with acting(by):
        LegalBasis.objects.filter(code="UTL-5-1").update(valid_to=date(2026, 1, 1))
        assert amend(chain.party, by, email="layla@example.se").changed
        ended = LegalBasis.objects.get(code="ANHORIG")
        ended.valid_to = date(2026, 1, 1)
        ended.save()
        with pytest.raises(LegalBasisNotValid):
            amend(chain.party, by, legal_basis=ended)


def test_somebody_of_age_stays_in_the_party(chain, by, acting):
    with acting(by):
        children = [one for one in as_they_are(chain.party) if one.typed.birth_date.year > 2010]
        with pytest.raises(UnaccompaniedMinor):
            amend(chain.party, by, members=children)


def test_an_unknown_person_is_refused(chain, by, acting):
    with acting(by):
        other = register(by)
        with pytest.raises(NotUsable):
            amend(chain.party, by, members=as_they_are(other))


def test_two_at_once_are_told(chain, by, acting):
    with acting(by):
        seen = [str(Party.objects.get().version)]
        amend(chain.party, by, email="a@example.se", seen=seen)
        with pytest.raises(ChangedMeanwhile):
            amend(chain.party, by, email="b@example.se", seen=seen)
        assert Party.objects.get().email == "a@example.se"


def test_of_a_protected_party_needs_are_corrected_and_names_are_not(chain, by, acting):
    with acting(by):
        party = protect_party(party=chain.party, reason="The tax agency says so.", by=by, at=NOW)
        assert amend(party, by, extra_time=True).changed == {"extra_time"}
        for sealed in ({"phone": "0701740699"}, {"members": as_they_are(party, given_name="Layla")}):
            with pytest.raises(NamesSealed):
                amend(party, by, **sealed)


def test_a_proposal_made_before_the_correction_is_not_moved_to(chain, by, acting):
    with acting(by):
        old = signed_proposal(chain.party, moving=chain)
        amend(chain.party, by, extra_time=True)
        with pytest.raises(MovedMeanwhile) as refused:
            move_chain(chain=Chain.objects.get(), proposal=old, by=by, at=NOW)
        assert "Karin Ek" in refused.value.message


def test_a_proposal_made_before_the_correction_is_not_booked(by, acting):
    open_days()
    with acting(by):
        party = register(by)
        old = ask(party).options[0].proposal.sign()
        amend(Party.objects.get(), by, extra_time=True)
        with pytest.raises(SlotTaken):
            book_chain(party=party, proposal=old, by=by, at=NOW)


def test_a_coordinator_overrides_a_basis_when_correcting(chain, by, acting):
    with acting(by):
        User.objects.filter(pk=by.pk).update(role=Role.COORDINATOR)
        by.role = Role.COORDINATOR
        home = Municipality.objects.get(code="0580")
        assert amend(chain.party, by, override_reason="Beslut finns.", municipality=home).changed == {
            "override_reason",
            "municipality",
        }
