"""What stands in a tertial report, for its page, its PDF and its file alike."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.models import Site
from motesplats.followup.goals.queries import goal_for
from motesplats.followup.tertial.asks import ASKS
from motesplats.followup.tertial.figures import AT_THE_TOP, BESIDE, FigureBeside
from motesplats.followup.tertial.goal import GOAL_MEASURES
from motesplats.followup.tertial.keep import figures_kept, figures_today
from motesplats.followup.tertial.periods import TertialPeriod
from motesplats.followup.tertial.queries import codes_offered
from motesplats.followup.tertial.words import words_in
from motesplats.models import Goal, TertialCode, TertialReport, TertialText


@dataclass(frozen=True, slots=True)
class TertialSection:
    """A question with its answer, and the figures beside it."""

    number: int
    question: str
    title: str
    ask: str
    answer: TertialText | None
    figures: Sequence[FigureBeside]

    @property
    def text(self) -> str:
        return self.answer.text if self.answer else ""

    @property
    def words(self) -> int:
        return words_in(self.text)


@dataclass(frozen=True, slots=True)
class TertialDocument:
    """A site's report of a tertial, whether or not anybody has written in it; `reached`: the goal's figures."""

    site: Site
    period: TertialPeriod
    due: date
    report: TertialReport | None
    goal: Goal | None
    reached: Sequence[FigureBeside]
    top: Sequence[FigureBeside]
    sections: Sequence[TertialSection]
    codes: Sequence[TertialCode]

    @property
    def is_submitted(self) -> bool:
        return self.report is not None and self.report.state == TertialReport.State.SUBMITTED

    @property
    def days_late(self) -> int:
        """How many days after its due day it was submitted; 0 if it was in time, or is open."""
        submitted = self.report and self.report.submitted_at
        return max((local(submitted).date() - self.due).days, 0) if submitted else 0

    @property
    def has_changed(self) -> bool:
        """Whether a figure is another one today than when the report was submitted."""
        figures = [*self.top, *self.reached, *(one for section in self.sections for one in section.figures)]
        return any(figure.now for figure in figures)

    @property
    def version(self) -> int:
        return self.report.version if self.report else 0

    @property
    def has_examples(self) -> bool:
        """Whether a code is not decided yet."""
        return any(code.is_draft for code in self.codes)

    @property
    def chosen(self) -> list[TertialCode]:
        """The codes that the report names."""
        named = self.report.codes if self.report else []
        return [code for code in self.codes if code.pk in named]


def document_of(
    site: Site, period: TertialPeriod, report: TertialReport | None, *, due: date, published: bool
) -> TertialDocument:
    """The report with its figures: the site's own or, with `published`, as everybody may read them."""
    goal = goal_for(site, on=period.last)
    today = figures_today(site, period, goal, published=published)
    figures = figures_kept(report, today, published=published)
    answers = {text.question: text for text in report.texts.all()} if report else {}
    sections = [
        TertialSection(
            number,
            question.value,
            str(question.label),
            str(ask),
            answers.get(question),
            [figures[code] for code in BESIDE[question] if code in figures],
        )
        for number, (question, ask) in enumerate(ASKS.items(), start=1)
    ]
    return TertialDocument(
        site,
        period,
        due,
        report,
        goal,
        [figures[code] for code in GOAL_MEASURES if code in figures],
        [figures[code] for code in AT_THE_TOP if code in figures][:3],
        sections,
        codes_offered(report.codes if report else ()),
    )


def rows_of(document: TertialDocument) -> Iterator[list[Any]]:
    """The report as rows of a file."""
    yield [
        _("Site"),
        _("Tertial"),
        _("Question"),
        _("What"),
        _("Text or value"),
        _("Today"),
        _("Median of the sites"),
        _("When"),
    ]
    head = [document.site.name, f"{document.period.year}-T{document.period.tertial}"]
    yield from ([*head, "", *row] for row in _figure_rows([*document.top, *document.reached]))
    for section in document.sections:
        when = _moment(section.answer.written_at) if section.answer else ""
        yield [*head, section.title, section.ask, section.text, "", "", when]
        yield from ([*head, section.title, *row] for row in _figure_rows(section.figures))
    for code in document.chosen:
        yield [*head, code.get_kind_display(), code.code, code.name, "", "", ""]
    report = document.report
    if report and report.submitted_at:
        yield [*head, "", _("submitted"), "", "", "", _moment(report.submitted_at)]
        for correction in report.corrections.all():
            what = _("corrected: %(why)s") % {"why": correction.why}
            field = correction.get_field_display()
            yield [
                *head,
                field,
                what,
                f"{correction.before} → {correction.after}",
                "",
                "",
                _moment(correction.at),
            ]


def _figure_rows(figures: Iterable[FigureBeside]) -> Iterator[list[Any]]:
    for figure in figures:
        yield [str(figure.measure.name), figure.told, figure.now, figure.country_shown, ""]


def _moment(at: datetime) -> str:
    return f"{local(at):%Y-%m-%d %H:%M}"
