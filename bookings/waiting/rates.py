"""How often families do not come, for the reports."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import gettext_lazy as _

NOTICE = {
    "week": _("under 7 days' notice"),
    "fortnight": _("7 to 13 days' notice"),
    "month": _("14 to 27 days' notice"),
    "longer": _("28 days' notice or more"),
}


@dataclass(frozen=True, slots=True)
class NoShowRate:
    """Of so many days, how many were missed; `notice`: a key of NOTICE, `reminded`: whether a reminder had gone out."""

    language: str
    notice: str
    reminded: bool
    days: int
    missed: int

    @property
    def percent(self) -> int:
        """In whole percent."""
        return round(100 * self.missed / self.days)


def no_show_rates(*, first: date, last: date) -> list[NoShowRate]:
    """The days from the first to the last that were met or missed; for the secretariat, in groups of six or more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM no_show_rates(%s, %s)", [first, last])
        return [NoShowRate(*row) for row in cursor.fetchall()]
