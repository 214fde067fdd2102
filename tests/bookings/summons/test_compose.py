"""Compose: the letter that a booking makes, in the party's language and in Swedish."""

from datetime import date, timedelta

import pytest

from agencies.clock import local
from agencies.models import Agency, Document, Service, TextBlock
from agencies.secrecy.context import Viewer, acting_as
from bookings.attendance.eligibility import UnaccompaniedMinor
from bookings.chains.book import cancel_chain, move_chain
from bookings.links.tokens import address_of, code_of, hash_of, paper_address_of, token_of, typed_address_of
from bookings.models import Chain, Link, LinkSummons
from bookings.parties.members import Member
from bookings.parties.protect import protect_party
from bookings.summons import compose as composing
from bookings.summons.compose import compose, compose_page
from bookings.summons.letter import Letter, LetterStop, Page
from tests.bookings.booking_steps import (
    FAMILY,
    FIRST,
    PARENTS,
    SECOND,
    book,
    open_days,
    register,
    signed_proposal,
)
from tests.factories.agencies import ThresholdFactory, UserFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory()


def letters(chain) -> list[Letter]:
    return [compose(chain.summonses.first(), link) for link in chain.links.order_by("pk")]


def stops(page: Page) -> list[LetterStop]:
    return [step for step in page.line if isinstance(step, LetterStop)]


def test_the_party_reads_its_language_and_then_swedish(by, acting):
    open_days(FIRST)
    with acting(by):
        (letter, _other) = letters(book(register(by), by))
    assert [page.language for page in letter.pages] == ["ar", "sv"]
    assert letter.pages[0].interpreter == "العربية"
    assert letter.pages[1].interpreter == "arabiska"


def test_a_swedish_letter_has_one_page_and_no_interpreter(by, acting):
    open_days(FIRST, interpreters={"ar": 1})
    with acting(by):
        (page,) = letters(book(register(by, language="sv", births=PARENTS), by))[0].pages
    assert page.interpreter is None
    assert page.children == 0


def test_each_adult_has_an_own_copy_and_an_own_link(by, acting):
    open_days(FIRST)
    with acting(by):
        chain = book(register(by), by)
        links = [page.pages[0].link for page in letters(chain)]
        assert links == [paper_address_of(link) for link in chain.links.order_by("pk")]
        assert len(set(links)) == 2
        for link in chain.links.all():
            assert link.token_hash == hash_of(token_of(link))
            assert link.token_hash not in address_of(link)
            assert code_of(link) not in address_of(link)
        codes = [page.pages[0].code.replace(" ", "") for page in letters(chain)]
        assert codes == [code_of(link) for link in chain.links.order_by("pk")]


def test_the_letter_has_an_address_to_type_beside_its_code(by, acting):
    open_days(FIRST)
    with acting(by):
        chain = book(register(by), by)
        typed = [letter.pages[0].typed_address for letter in letters(chain)]
        assert typed == [typed_address_of(link) for link in chain.links.order_by("pk")]
        assert len(set(typed)) == 2
        link = chain.links.earliest("pk")
    assert page_without_code(link).typed_address == ""


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("+46701740658", "070-174 06 58"),
        ("+46114650042", "011-465 00 42"),
        ("+251911234567", "+251 91 123 4567"),
        ("", ""),
    ],
)
def test_the_letter_says_at_which_number_the_party_is_reached(by, acting, kept, said):
    open_days(FIRST)
    with acting(by):
        chain = book(register(by, phone=kept), by)
        assert {page.own_phone for letter in letters(chain) for page in letter.pages} == {said}
        link = chain.links.earliest("pk")
    assert page_without_code(link).own_phone == ""


def page_without_code(link: Link) -> Page:
    with acting_as(Viewer(link=link.token_hash)):
        return compose_page(LinkSummons.objects.latest("version"), link, language="ar")


def test_of_a_protected_party_no_number_is_printed(by, acting):
    open_days(FIRST)
    with acting(by):
        chain = book(register(by, phone="0701740658"), by)
        protect_party(party=chain.party, reason="The Tax Agency has told us.", by=by, at=NOW)
        chain = Chain.objects.get(pk=chain.pk)
        assert {page.own_phone for letter in letters(chain) for page in letter.pages} == {""}


def test_the_stops_stand_in_order_with_their_times(by, acting):
    open_days(FIRST)
    with acting(by):
        chain = book(register(by), by)
        page = letters(chain)[0].pages[1]
        meetings = [(m.agency.code, m.starts_at, m.ends_at) for m in chain.meetings.select_related("agency")]
    assert [(stop.code, stop.starts_at, stop.ends_at) for stop in stops(page)] == meetings
    assert local(page.arrive_at) >= local(chain.site_day.opens_at)
    assert page.reference == chain.reference


def test_how_early_a_party_comes_is_as_it_was_when_the_letter_was_written(by, acting):
    open_days(FIRST)
    ThresholdFactory(code="arrive_before", value=40)
    ThresholdFactory(code="arrive_before", value=0, valid_from=NOW.date() + timedelta(days=1))
    with acting(by):
        pages = [letters(book(register(by), by, last=FIRST))[0].pages[1] for _ in range(2)]
    early = [stops(page)[0].starts_at - page.arrive_at for page in pages]
    assert early == [timedelta(0), timedelta(minutes=40)]  # the first one comes when the place opens


def test_who_must_come_is_said_where_it_is_not_everybody(by, acting):
    open_days(FIRST)
    with acting(by):
        party = register(by, births=(*FAMILY, date(1950, 1, 1)))
        by_code = {stop.code: stop for stop in stops(letters(book(party, by))[0].pages[1])}
    assert by_code["SKV"].who == "everyone"
    assert by_code["KOM"].who == "one_adult"
    assert by_code["PM"].who == "concerned"
    assert by_code["PM"].names == ("Layla Haddad 1950",)  # five are called Layla Haddad


def test_papers_about_children_are_asked_of_families_with_children(by, acting):
    open_days()
    with acting(by):
        with_children, without = (
            {
                document.pictogram
                for document in letters(book(register(by, births=births), by))[0].pages[1].documents
            }
            for births in (FAMILY, PARENTS)
        )
    assert without < with_children


@pytest.mark.parametrize(("municipality", "name"), [("0581", None), ("0509", "Ödeshögs kommun")])
def test_a_family_from_elsewhere_gets_its_municipalitys_card(by, acting, municipality, name):
    open_days(FIRST)
    with acting(by):
        page = letters(book(register(by, municipality=municipality), by))[0].pages[1]
    assert (page.contact and page.contact.name) == name
    assert ("KOM" in {stop.code for stop in stops(page)}) == (name is None)


def test_drafts_say_so_and_checked_languages_do_not(by, acting, monkeypatch):
    open_days(FIRST)
    with acting(by):
        chain = book(register(by), by)
        assert [page.draft for page in letters(chain)[0].pages] == [True, True]
        for names in (Agency, Document, Service):
            names._default_manager.update(state_sv="checked")
        TextBlock.objects.filter(language="sv").update(state="checked")
        monkeypatch.setattr(composing, "phrases_are_checked", lambda language: language == "sv")
        assert [page.draft for page in letters(chain)[0].pages] == [True, False]


@pytest.mark.parametrize("language", ["sv", "en", "ar", "prs", "so", "ti"])
def test_the_link_shows_the_day_in_any_of_the_languages(by, acting, language):
    open_days(FIRST)
    with acting(by):
        chain = book(register(by), by)
        page = compose_page(chain.summonses.get(), chain.links.all()[0], language=language)
    assert page.language == language
    assert all(stop.name.text and stop.about for stop in stops(page))


def test_a_cancelled_day_has_a_letter_that_says_so_and_stamps_the_earlier_ones(by, acting):
    open_days(FIRST)
    with acting(by):
        chain = cancel_chain(chain=book(register(by), by), reason="Sjuk", by=by, at=NOW)
        link = chain.links.all()[0]
        cancellation, invitation = (compose(summons, link) for summons in chain.summonses.all())
    assert cancellation.is_cancellation
    assert [page.stamp for page in cancellation.pages] == ["", ""]
    assert not invitation.is_cancellation
    assert [page.stamp for page in invitation.pages] == ["أُلغي. لا تأتوا.", "Inställt. Kom inte."]
    assert invitation.pages[0].arrive_at == cancellation.pages[0].arrive_at


def test_a_version_that_another_replaced_names_the_one_that_holds(by, acting):
    open_days(FIRST, SECOND)
    with acting(by):
        party = register(by)
        chain = book(party, by, last=FIRST)
        proposal = signed_proposal(party, first=SECOND, moving=chain)
        move_chain(chain=chain, proposal=proposal, by=by, at=NOW)
        link = chain.links.all()[0]
        new, old = (compose(summons, link) for summons in chain.summonses.all())
    assert old.pages[1].stamp == "Gäller inte längre. Version 2 gäller."
    assert new.pages[1].stamp == ""


def test_who_has_one_name_is_called_by_it(by, acting):
    open_days(FIRST)
    with acting(by):
        (letter,) = letters(book(register(by, members=[Member("Biniam", "", PARENTS[0])]), by))
    assert [page.recipient for page in letter.pages] == ["Biniam", "Biniam"]


def test_a_father_and_a_son_of_the_same_name_have_letters_that_are_told_apart(by, acting):
    open_days(FIRST)
    with acting(by):
        members = [Member("Ali", "Nur", date(1960, 1, 1)), Member("Ali", "Nur", date(1990, 1, 1))]
        found = letters(book(register(by, members=members), by))
    assert sorted(letter.pages[0].recipient for letter in found) == ["Ali Nur 1960", "Ali Nur 1990"]


@pytest.mark.parametrize(("housing", "asked"), [("", True), ("rented", True), ("abo", False)])
def test_no_lease_and_no_statement_is_asked_of_who_lives_at_a_facility(by, acting, housing, asked):
    open_days(FIRST)
    with acting(by):
        letter = letters(book(register(by, housing_kind=housing), by))[0]
    documents = {document.name.sv for document in letter.pages[0].documents}
    assert ({"Hyreskontrakt", "Kontoutdrag från banken"} <= documents) is asked
    assert ("Hyreskontrakt" in documents or "Kontoutdrag från banken" in documents) is asked


def test_whoever_turns_eighteen_by_the_new_day_gets_a_letter(by, acting):
    open_days(FIRST, SECOND)
    with acting(by):
        party = register(by, births=[PARENTS[0], date(SECOND.year - 18, SECOND.month, SECOND.day)])
        chain = book(party, by, last=FIRST)
        assert chain.links.count() == 1
        later = signed_proposal(party, first=SECOND, moving=chain)
        chain = move_chain(chain=chain, proposal=later, by=by, at=NOW)
        assert chain.links.count() == 2
        move_chain(
            chain=chain, proposal=signed_proposal(party, first=FIRST, last=FIRST, moving=chain), by=by, at=NOW
        )
        assert chain.links.count() == 1


def test_proposals_begin_on_the_day_on_which_somebody_is_adult(by, acting):
    open_days(FIRST, SECOND)
    with acting(by):
        party = register(by, births=[date(SECOND.year - 18, SECOND.month, SECOND.day)])
        chain = book(party, by)
        assert chain.site_day.date == SECOND
        assert chain.links.count() == 1
        with pytest.raises(UnaccompaniedMinor):
            signed_proposal(
                register(by, births=[date(SECOND.year - 18, SECOND.month, SECOND.day)]), last=FIRST
            )
