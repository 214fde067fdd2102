"""What a survey's rounds say, beside each other: of six answers or more, once a round has closed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from motesplats.followup.suppression import is_small
from motesplats.followup.surveys.scale import not_answered, turned
from motesplats.models import ImportedMean, SurveyQuestion, SurveyRound

FEW = "< 6"


@dataclass(frozen=True, slots=True)
class Result:
    """Of one question in one round: how many answered, their mean, and how far apart they are (standard deviation)."""

    people: int
    mean: Decimal
    spread: Decimal | None
    is_high_good: bool

    @property
    def good(self) -> Decimal:
        """The mean as if 7 were the good end."""
        return turned(self.mean, is_high_good=self.is_high_good)


@dataclass(frozen=True, slots=True)
class RoundColumn:
    """A round, and how many of those who were asked have answered; None while it is open, or of few."""

    round: SurveyRound
    is_open: bool
    answered: int | None

    @property
    def missing(self) -> int | None:
        return None if self.answered is None else not_answered(self.round.invited, self.answered)

    @property
    def missing_share(self) -> int | None:
        """In per cent."""
        return None if self.missing is None else round(100 * self.missing / self.round.invited)


@dataclass(frozen=True, slots=True)
class RoundResults:
    """The rounds of a survey at one place, and for each question its result in each of them."""

    columns: Sequence[RoundColumn]
    rows: Sequence[tuple[SurveyQuestion, Sequence[Result | None]]]

    @property
    def lines(self) -> Iterator[tuple[SurveyQuestion, list[tuple[RoundColumn, Result | None]]]]:
        """Each question with its results, each beside its round."""
        for question, results in self.rows:
            yield question, list(zip(self.columns, results, strict=True))


def results_beside(one: SurveyRound, *, today: date) -> RoundResults:
    """The round, and the others of the same survey at the same place, the earliest first; four queries."""
    rounds = SurveyRound.objects.select_related("site").filter(
        instrument=one.instrument_id, site=one.site_id, place=one.place
    )
    found = list(rounds.order_by("opens_on", "pk"))
    numbers = _numbers(found)
    columns = [
        RoundColumn(
            each,
            not each.is_imported and each.closes_on >= today,
            numbers[each.pk, None][0] if (each.pk, None) in numbers else None,
        )
        for each in found
    ]
    rows = [
        (
            question,
            [
                Result(*numbers[each.pk, question.pk], question.is_high_good)
                if (each.pk, question.pk) in numbers
                else None
                for each in found
            ],
        )
        for question in one.instrument.questions.all()
    ]
    return RoundResults(columns, rows)


Key = tuple[int, int | None]
Numbers = tuple[int, Decimal, Decimal | None]


def _numbers(rounds: Iterable[SurveyRound]) -> dict[Key, Numbers]:
    """People, mean and spread by round and question, and by round alone; what is of few is not there."""
    rounds = list(rounds)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT round, question, people, mean, spread FROM round_results(%s)",
            [[one.pk for one in rounds]],
        )
        found: dict[Key, Numbers] = {
            (one, question): (people, mean, spread)
            for one, question, people, mean, spread in cursor.fetchall()
        }
    for mean in ImportedMean.objects.filter(round__in=rounds):
        if is_small(mean.people):
            continue
        numbers = mean.people, mean.mean, mean.spread
        found[mean.round_id, mean.question_id] = numbers
        if mean.people > found.get((mean.round_id, None), (0,))[0]:
            found[mean.round_id, None] = numbers
    return found


def rows_of(results: RoundResults) -> Iterator[list[Any]]:
    """The same as rows of a file, a line for each question and round."""
    yield [
        _("Place"),
        _("Round"),
        _("First day"),
        _("Question"),
        _("1 means"),
        _("7 means"),
        _("Answers"),
        _("Mean, 7 is good"),
        _("Mean as asked"),
        _("Standard deviation"),
        _("How many were asked"),
        _("Did not answer"),
        _("Source"),
    ]
    for question, cells in results.lines:
        for column, result in cells:
            one = column.round
            numbers = (
                [result.people, _decimal(result.good), _decimal(result.mean), _decimal(result.spread)]
                if result
                else [FEW if not column.is_open else "", "", "", ""]
            )
            yield [
                one.where,
                one.get_phase_display(),
                one.opens_on,
                question.text,
                question.low,
                question.high,
                *numbers,
                one.invited,
                "" if column.missing is None else column.missing,
                _("imported") if one.is_imported else _("counted"),
            ]


def _decimal(number: Decimal | None) -> str:
    """As a Swedish spreadsheet reads it: 3,9."""
    return "" if number is None else f"{number:.2f}".rstrip("0").rstrip(".").replace(".", ",")
