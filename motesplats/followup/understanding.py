"""How well people understood each other, by language, form and agreement; fewer than six marks are not told."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bookings.models import Understanding, Understood
from interpreters.models import Form
from motesplats.followup.suppression import LEAST

MONTHS = 6
DEGREES = [value for value, _label in Understanding.Degree.choices]


@dataclass(frozen=True, slots=True)
class UnderstoodRow:
    """The marks of a language, form and agreement; where they are few only that there are some."""

    language: str
    form: str
    agreement: str
    number: int
    degrees: dict[str, int]
    whys: dict[str, int]

    @property
    def is_hidden(self) -> bool:
        return self.number < LEAST

    @property
    def form_label(self) -> str:
        return str(Form(self.form).label) if self.form else ""

    @property
    def shares(self) -> list[int]:
        """Understood, partly and not, in per cent; they add up to 100."""
        yes, no = (round(100 * self.degrees[degree] / self.number) for degree in ("yes", "no"))
        return [yes, 100 - yes - no, no]

    @property
    def up_to_no(self) -> int:
        """Where the last part of the bar begins."""
        return 100 - self.shares[2]

    @property
    def why(self) -> str:
        """The reason given most often, if it was often enough to be told."""
        reason, number = max(self.whys.items(), key=lambda found: found[1], default=("", 0))
        return str(Understanding.Why(reason).label) if number >= LEAST else ""


def first_month(today: date) -> date:
    """The first day of the months that are told of, this one included."""
    months = today.year * 12 + today.month - 1 - (MONTHS - 1)
    return date(months // 12, months % 12 + 1, 1)


def understood_since(month: date) -> list[UnderstoodRow]:
    """The rows of the viewer's sites since the month, by language; one query."""
    return rows_of(Understood.objects.filter(month__gte=month).select_related("agreement"))


def rows_of(found: Iterable[Understood]) -> list[UnderstoodRow]:
    """Each language, form and agreement once."""
    degrees: dict[tuple[str, str, str], Counter[str]] = {}
    whys: dict[tuple[str, str, str], Counter[str]] = {}
    for row in found:
        key = row.language, row.form, str(row.agreement or "")
        degrees.setdefault(key, Counter(dict.fromkeys(DEGREES, 0)))[row.degree] += row.meetings
        if row.why:
            whys.setdefault(key, Counter())[row.why] += row.meetings
    return [
        UnderstoodRow(*key, degrees[key].total(), dict(degrees[key]), dict(whys.get(key, {})))
        for key in sorted(degrees)
    ]
