"""Compose: the letter that a booking makes, in the party's language and in Swedish."""

from datetime import date

import pytest

from agencies.clock import local
from bookings.chains.book import cancel_chain, move_chain
from bookings.links.tokens import address_of, code_of, hash_of, paper_address_of, token_of
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
from tests.factories.agencies import UserFactory
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


def test_the_stops_stand_in_order_with_their_times(by, acting):
    open_days(FIRST)
    with acting(by):
        chain = book(register(by), by)
        page = letters(chain)[0].pages[1]
        meetings = [(m.agency.code, m.starts_at, m.ends_at) for m in chain.meetings.select_related("agency")]
    assert [(stop.code, stop.starts_at, stop.ends_at) for stop in stops(page)] == meetings
    assert local(page.arrive_at) >= local(chain.site_day.opens_at)
    assert page.reference == chain.reference


def test_who_must_come_is_said_where_it_is_not_everybody(by, acting):
    open_days(FIRST)
    with acting(by):
        party = register(by, births=(*FAMILY, date(1950, 1, 1)))
        by_code = {stop.code: stop for stop in stops(letters(book(party, by))[0].pages[1])}
    assert by_code["SKV"].who == "everyone"
    assert by_code["KOM"].who == "one_adult"
    assert by_code["PM"].who == "concerned"
    assert by_code["PM"].names == ("Layla",)


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


def test_drafts_say_so_and_checked_languages_do_not(by, acting):
    open_days(FIRST)
    with acting(by):
        letter = letters(book(register(by), by))[0]
    assert [page.draft for page in letter.pages] == [True, False]


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
