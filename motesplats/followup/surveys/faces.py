"""What newcomers answered after their day, by site and month: of six or more, when no more can answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from agencies.models import Site, ThresholdCode
from agencies.thresholds import dated
from bookings.models import SurveyAnswer

QUESTIONS: Sequence[str] = SurveyAnswer.QUESTIONS
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class FaceRow:
    """A site's month: the number of answers and their mean, 1 (no) to 4 (yes), by question; few are not there."""

    site: Site
    month: date
    answers: Mapping[str, tuple[int, Decimal]]

    @property
    def cells(self) -> list[tuple[str, tuple[int, Decimal] | None]]:
        """Each question's label with its answers."""
        return [(label_of(question), self.answers.get(question)) for question in QUESTIONS]


def label_of(question: str) -> str:
    return str(SurveyAnswer._meta.get_field(question).verbose_name)  # type: ignore[union-attr]


def faces_told(*, today: date) -> list[FaceRow]:
    """The months of the viewer's sites, the latest first; four queries."""
    month = last_month_told(today)
    found: dict[tuple[int, date], dict[str, tuple[int, Decimal]]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT site, month, question, people, mean FROM survey_faces(%s)", [month])
        for site, of, question, people, mean in cursor.fetchall():
            found.setdefault((site, of), {})[question] = people, mean
    sites = Site.objects.in_bulk({site for site, _month in found})
    rows = [FaceRow(sites[site], of, answers) for (site, of), answers in found.items()]
    return sorted(rows, key=lambda row: (-row.month.toordinal(), row.site.name))


def last_month_told(today: date) -> date:
    """The first day of the latest month whose links open no longer: a further answer would tell of one person."""
    days = dated(ThresholdCode.LINK_DAYS)[ThresholdCode.LINK_DAYS]
    last = today.replace(day=1) - ONE_DAY
    while last + timedelta(days=max(days.on(last), days.on(last.replace(day=1)))) >= today:
        last = last.replace(day=1) - ONE_DAY
    return last.replace(day=1)


def rows_of_faces(rows: Sequence[FaceRow]) -> Iterator[list[Any]]:
    """The same as rows of a file, a line for each question."""
    yield [_("Site"), _("Month"), _("Question"), _("Answers"), _("Mean, 1 to 4")]
    for row in rows:
        for label, cell in row.cells:
            numbers = [cell[0], f"{cell[1]:.1f}".replace(".", ",")] if cell else ["< 6", ""]
            yield [row.site.name, f"{row.month:%Y-%m}", label, *numbers]
