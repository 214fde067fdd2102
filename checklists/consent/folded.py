"""At most two questions about each office, ten for a person: each covers finer ones and stands for all of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha256

from babel.lists import format_list
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies import dates
from agencies.clock import local
from agencies.languages import LANGUAGES
from agencies.models import Agency
from checklists.consent.answers import ConsentAnswer
from checklists.consent.questions import Category, ConsentScope, Question, agency_key, general_terms

# By the name of each folded question the categories that it covers.
COVERS = {
    "you": (Category.NAMES, Category.NOTE),
    "day": (Category.MEETINGS, Category.CHECKLIST),
}
MOST_OFFICES = 5  # of two questions each; about any further one the finer questions are asked
UNANSWERED, YES, NO, ENDED, DIFFERS = "unanswered", "yes", "no", "ended", "differs"
STATES = {"given": YES, "refused": NO, "withdrawn": NO, "ended": ENDED}

Answers = Mapping[str, Mapping[int, ConsentAnswer]]


@dataclass(frozen=True)
class FoldedQuestion:
    """May the office be shown what all of these finer questions ask for? They are all about one recipient."""

    scope: ConsentScope
    recipient: Agency
    about: str  # a key of COVERS
    covers: tuple[Question, ...]

    @property
    def key(self) -> str:
        return f"{agency_key(self.recipient)}.{self.about}"

    def asks(self, language: str) -> str:
        with override(language):
            return ASKS[self.about]() % {"recipient": self.recipient.name}

    def facts(self, language: str) -> tuple[str, ...]:
        """From whom it comes, why, who must agree, and until when a yes holds."""
        with override(language):
            sources = dict.fromkeys(question.discloser.name for question in self.covers)
            return (
                _("From: %(disclosers)s.") % {"disclosers": _listed(sources, language)},
                self.purpose(language),
                *self._conditions(),
                self._until(language),
            )

    def purpose(self, language: str) -> str:
        with override(language):
            return PURPOSES[self.about]()

    def text(self, language: str) -> str:
        """Every line that is shown, and kept with each of the answers that are written."""
        with override(language):
            return "\n".join([self.asks(language), *self.facts(language), *self.terms(language)])

    def terms(self, language: str) -> tuple[str, ...]:
        """What holds besides, folded in on the page."""
        with override(language):
            desk = _("On the day the office sees your names when you come to its desk, without your yes.")
            return (*((desk,) if self._has(Category.NAMES) else ()), *folded_terms())

    def state(self, answers: Answers, *, newcomer: int) -> str:
        """What the adult's finer answers come to: one word if they all say the same, otherwise DIFFERS."""
        own = (answers[question.key].get(newcomer) for question in self.covers)
        states = {STATES[answer.state] if answer else UNANSWERED for answer in own}
        return states.pop() if len(states) == 1 else DIFFERS

    def digest(self, language: str) -> str:
        """16 hexadecimal digits that change with the text."""
        return _short_hash(self.text(language))

    def answers_digest(self, answers: Answers, *, newcomer: int) -> str:
        """16 hexadecimal digits that change with the adult's own finer answers."""
        own = ((question.key, answers[question.key].get(newcomer)) for question in self.covers)
        return _short_hash(" ".join(f"{key} {answer.state if answer else UNANSWERED}" for key, answer in own))

    def _has(self, category: Category) -> bool:
        return any(question.category == category for question in self.covers)

    def _conditions(self) -> Iterator[str]:
        if self.scope.number_of_adults < 2:
            return
        if self.about == "day":
            yield _("It is shown only when all adults in the family say yes.")
        elif self.scope.children:
            yield _("The note and the children's names are shown only when all adults in the family say yes.")
        else:
            yield _("The note is shown only when all adults in the family say yes.")

    def _until(self, language: str) -> str:
        ends = sorted({question.until for question in self.covers})
        first, last = (_last_day(end, language) for end in (ends[0], ends[-1]))
        if first == last:
            return _("Your yes holds until %(day)s.") % {"day": last}
        both = {"day": first, "last": last}
        return _("Your yes holds until %(day)s, about the steps until %(last)s.") % both


@dataclass(frozen=True)
class FoldedQuestions:
    """The folded questions of a scope at a moment: without what would have ended already."""

    scope: ConsentScope
    at: datetime

    @cached_property
    def by_key(self) -> dict[str, FoldedQuestion]:
        """In the order of the day."""
        others = [agency for agency in self.scope.agencies if agency != self.scope.owner]
        found = (self._about(office, about) for office in others[:MOST_OFFICES] for about in COVERS)
        return {question.key: question for question in found if question.covers}

    @property
    def offices(self) -> list[Agency]:
        """Whom the questions are about: not the office that summons, which has the names already."""
        return list(dict.fromkeys(question.recipient for question in self.by_key.values()))

    def about(self, office: Agency | None) -> list[FoldedQuestion]:
        return [question for question in self.by_key.values() if question.recipient == office]

    def _about(self, office: Agency, about: str) -> FoldedQuestion:
        covers = (
            question
            for question in self.scope.questions.values()
            if question.recipient == office and question.category in COVERS[about]
        )
        return FoldedQuestion(self.scope, office, about, tuple(q for q in covers if q.until > self.at))


def folded_terms() -> tuple[str, ...]:
    """The lines that belong to every folded question, in the active language."""
    return (_("You can take your yes back at any time."), *general_terms())


def _listed(names: Iterable[str], language: str) -> str:
    return format_list(list(names), locale=LANGUAGES[language].babel)


def _short_hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def _last_day(end: datetime, language: str) -> str:
    return dates.day_month_year(local(end - timedelta(seconds=1)).date(), language)


ASKS: dict[str, Callable[[], str]] = {
    "you": lambda: _("May your name, birth date and note be seen before the meeting? By: %(recipient)s"),
    "day": lambda: _(
        "May it be seen whom else you meet that day, and which steps for you are done? By: %(recipient)s"
    ),
}
PURPOSES: dict[str, Callable[[], str]] = {
    "you": lambda: _("Why: they can prepare the meeting."),
    "day": lambda: _("Why: you need not tell the same thing again."),
}
