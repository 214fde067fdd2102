"""The questions of consent: one per discloser, recipient and category of a chain, with its exact text."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from hashlib import sha256

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies import dates
from agencies.clock import at_wall_clock
from agencies.models import Agency, Service, Site, User
from bookings.attendance.rules import is_adult
from bookings.models import Chain, Disclosure, ExpectedParty, Link, Newcomer
from bookings.models.expected import at_hand
from checklists.rules.periods import days_open

TEXT_VERSION = "2026-11-26"  # of the texts below; a changed text gets a new one
Category = Disclosure.Category


@dataclass(frozen=True)
class ConsentScope:
    """Whom the questions about one chain concern, and between which agencies they are."""

    reference: str
    language: str  # of the party's letter; an adult may have another one
    needs_interpreter: bool
    party_id: int
    owner: Agency
    site: Site
    day: date
    agencies: tuple[Agency, ...]
    adults: tuple[Newcomer, ...]  # those whom the viewer may know
    children: tuple[Newcomer, ...]
    number_of_adults: int
    asks_for: Agency | None = None  # only questions with this discloser; None: all

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the adults' letters, each once; where no adult is known, the party's."""
        return tuple(dict.fromkeys(map(self.read_by, self.adults))) or (self.language,)

    def read_by(self, adult: Newcomer) -> str:
        """The language of the adult's letter, page and questions."""
        return adult.letter_language or self.language

    @cached_property
    def days_open(self) -> Mapping[str, int]:
        """How many days a yes to each category holds after the day; one query."""
        return days_open(on=self.day)

    @cached_property
    def questions(self) -> dict[str, "Question"]:
        """Every question by its key, in the order of the day."""
        return {question.key: question for question in self._questions()}

    def _questions(self) -> Iterator["Question"]:
        for recipient in self.agencies:
            for category in Category:
                disclosers = self.agencies if category == Category.CHECKLIST else (self.owner,)
                for discloser in disclosers:
                    if discloser != recipient and self.asks_for in (None, discloser):
                        yield Question(self, discloser, recipient, category)


@dataclass(frozen=True)
class Question:
    """May the discloser show the recipient what belongs to this category?"""

    scope: ConsentScope
    discloser: Agency
    recipient: Agency
    category: Category

    @property
    def key(self) -> str:
        return f"{agency_key(self.recipient)}.{self.category}.{agency_key(self.discloser)}"

    @property
    def until(self) -> datetime:
        """When a yes ends: midnight after its last day."""
        return at_wall_clock(self._last_day + timedelta(days=1), time(0))

    @property
    def concerns_all(self) -> bool:
        """Whether it takes every adult's yes; an adult's own name never does, children's names do."""
        return self.scope.number_of_adults > 1 and (
            self.category != Category.NAMES or bool(self.scope.children)
        )

    @property
    def _last_day(self) -> date:
        return self.scope.day + timedelta(days=self.scope.days_open[self.category])

    def paragraphs(self, language: str) -> tuple[str, ...]:
        """The question, its purpose, its conditions and its last day, without the general terms."""
        with override(language):
            names = {"discloser": self.discloser.name, "recipient": self.recipient.name}
            until = dates.day_month_year(self._last_day, language)
            return (
                QUESTION_TEXTS[self.category]() % names,
                self.purpose(language),
                *self._conditions(),
                _("Your yes holds until %(day)s. You can take it back at any time.") % {"day": until},
            )

    def purpose(self, language: str) -> str:
        with override(language):
            return PURPOSE_TEXTS[self.category]() % {"recipient": self.recipient.name}

    def text(self, language: str) -> str:
        """Every line that is shown, and kept with the answer."""
        with override(language):
            return "\n".join([*self.paragraphs(language), *general_terms()])

    def digest(self, *languages: str) -> str:
        """16 hexadecimal digits that change with the texts; an answer brings those of what was read."""
        return sha256("\n".join(map(self.text, languages)).encode()).hexdigest()[:16]

    def _conditions(self) -> Iterator[str]:
        if self.category == Category.NAMES:
            yield _("On the day the office sees your names when you come to its desk, without your yes.")
            if self.scope.children:
                yield _(
                    "The children's names and birth dates are shown only when all adults in the family say yes."
                )
        elif self.concerns_all:
            yield _("It is shown only when all adults in the family say yes.")


QUESTION_TEXTS: dict[str, Callable[[], str]] = {
    Category.NAMES: lambda: _(
        "Do you agree that your name and birth date are shown? From: %(discloser)s. To: %(recipient)s."
    ),
    Category.MEETINGS: lambda: _(
        "Do you agree that it is shown which other offices you meet that day, and when?"
        " From: %(discloser)s. To: %(recipient)s."
    ),
    Category.CHECKLIST: lambda: _(
        "Do you agree that it is shown which steps for you are done? From: %(discloser)s. To: %(recipient)s."
    ),
    Category.NOTE: lambda: _(
        "Do you agree that the note before the meeting is shown? From: %(discloser)s. To: %(recipient)s."
    ),
}
PURPOSE_TEXTS: dict[str, Callable[[], str]] = {
    Category.NAMES: lambda: _("Purpose: to prepare your meeting. Office: %(recipient)s."),
    Category.MEETINGS: lambda: _("Purpose: to fit the meeting to the others. Office: %(recipient)s."),
    Category.CHECKLIST: lambda: _("Purpose: to know what is done and what is left. Office: %(recipient)s."),
    Category.NOTE: lambda: _("Purpose: to know what you need before you come. Office: %(recipient)s."),
}
# Shown once on the page, and kept with every answer.
GENERAL_TERMS: tuple[Callable[[], str], ...] = (
    lambda: _(
        "This is about secrecy between the offices. You can say no. Saying no changes nothing in your case."
    ),
    lambda: _("In some cases the law lets an office tell another office something without asking you."),
    lambda: _("What an office has read before you take your yes back, it may already have used."),
)


def general_terms() -> tuple[str, ...]:
    """The lines that belong to every question, in the active language."""
    return tuple(line() for line in GENERAL_TERMS)


def scope_of_link(link: Link) -> ConsentScope:
    """The scope that a newcomer sees: every agency of the day."""
    return _scope(_chains().get(pk=link.chain_id))


def scope_of_chain(reference: str) -> ConsentScope | None:
    """The scope that the party's own agency sees: what that agency may disclose. None if it sees no such chain."""
    chain = (
        _chains()
        .exclude(state=Chain.State.CANCELLED)
        .filter(at_hand("party_id"), reference=reference)
        .first()
    )
    return _scope(chain, asks_for=chain.party.owner) if chain else None


def scope_of_visit(reference: str) -> ConsentScope | None:
    """The scope that another agency of the chain sees: what that agency may disclose.

    It does not know the chain's other agencies, so all agencies of the site stand as recipients; of the adults it
    has those whose names are open to it. None if the party is not expected at the viewer's agency.
    """
    visits = ExpectedParty.objects.select_related(
        "agency__municipality", "owner__municipality", "site_day__location__site"
    )
    visit = visits.filter(chain_reference=reference).first()
    if visit is None:
        return None
    site = visit.site_day.location.site
    local = Service.objects.filter(is_local=True).values("agency_code")
    staff = User.objects.filter(is_active=True, sites=site, agency__isnull=False).values("agency")
    of_site = Agency.objects.select_related("municipality").filter(
        Q(municipality=None) & (~Q(code__in=local) | Q(pk__in=staff))
        | Q(municipality__site=site, municipality__is_host=True)
    )
    people = Newcomer.objects.filter(party=visit.party_id)
    agencies = tuple(dict.fromkeys([visit.owner, visit.agency, *of_site]))
    adults, children = _adults_and_children(people, visit.site_day.date)
    return ConsentScope(
        reference=reference,
        language=visit.language,
        needs_interpreter=visit.needs_interpreter,
        party_id=visit.party_id,
        owner=visit.owner,
        site=site,
        day=visit.site_day.date,
        agencies=agencies,
        adults=adults,
        children=children,
        number_of_adults=visit.adults + visit.seniors,
        asks_for=visit.agency,
    )


def day_of(scope: ConsentScope) -> date | None:
    """The day of the scope's chain as it is now, None if the viewer sees it no more."""
    own = Chain.objects.filter(reference=scope.reference).values_list("site_day__date", flat=True)
    visits = ExpectedParty.objects.filter(chain_reference=scope.reference).values_list("date", flat=True)
    return own.first() or visits.first()


def scope_of_staff(reference: str) -> ConsentScope | None:
    """The scope for the party's own agency, or else for another agency that meets the party."""
    return scope_of_chain(reference) or scope_of_visit(reference)


def agency_key(agency: Agency) -> str:
    """The agency's name in forms and addresses: "FK", of a municipality "KOM-0581"."""
    return f"{agency.code}-{agency.municipality.code}" if agency.municipality else agency.code


def _chains() -> QuerySet[Chain]:
    return Chain.objects.select_related("party__owner__municipality", "site_day__location__site")


def _scope(chain: Chain, *, asks_for: Agency | None = None) -> ConsentScope:
    met = [meeting.agency for meeting in chain.meetings.select_related("agency__municipality")]
    agencies = tuple(dict.fromkeys([*met, chain.party.owner]))
    adults, children = _adults_and_children(chain.party.members.all(), chain.site_day.date)
    return ConsentScope(
        reference=chain.reference,
        language=chain.party.language,
        needs_interpreter=chain.party.needs_interpreter,
        party_id=chain.party_id,
        owner=chain.party.owner,
        site=chain.site_day.location.site,
        day=chain.site_day.date,
        agencies=agencies,
        adults=adults,
        children=children,
        number_of_adults=len(adults),
        asks_for=asks_for,
    )


def _adults_and_children(
    people: Iterable[Newcomer], day: date
) -> tuple[tuple[Newcomer, ...], tuple[Newcomer, ...]]:
    people = list(people)
    adults = tuple(person for person in people if is_adult(person.birth_date, day))
    return adults, tuple(person for person in people if person not in adults)
