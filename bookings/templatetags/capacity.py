"""Words and addresses of the capacity page."""

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date
from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.languages import LANGUAGES
from bookings.capacity.days import WEEK, Shortage
from bookings.capacity.places import Need
from bookings.capacity.thin import ThinDay
from bookings.templatetags.staff import reader_language

register = template.Library()

HOUR = 60


@register.filter
def unlocal(number: float) -> str:
    """The number as SVG reads it, whatever the reader's language."""
    return f"{number:g}"


@register.filter
def named(field: BoundField) -> SafeString:
    """The field's widget, called by its label, which stands in the table's heads for the eye."""
    return field.as_widget(attrs={"aria-label": str(field.label)})


@register.filter
def after_comma(label: str) -> str:
    """What stands behind the last comma, with a capital."""
    return str(label).rpartition(", ")[2].capitalize()


@register.filter
def month_name(month: date) -> str:
    """The month and its year: "januari 2027"."""
    return str(format_date(month, "LLLL yyyy", locale=LANGUAGES[reader_language()].babel))


@register.filter
def day_month(day: date) -> str:
    """Day and month, short: "7 dec"."""
    return str(format_date(day, "d MMM", locale=LANGUAGES[reader_language()].babel)).replace(".", "")


@register.filter
def week_number(monday: date) -> int:
    """The ISO number of the week."""
    return monday.isocalendar().week


@register.filter
def whole_hours(minutes: int) -> int:
    """Whole hours, rounded."""
    return round(minutes / HOUR)


@register.filter
def signed(number: int) -> str:
    """The number with its sign, as a minus that is no hyphen."""
    return f"+{number}" if number > 0 else str(number).replace("-", "−")


@register.filter
def weeks_in_words(mondays: Sequence[date]) -> str:
    """The numbers of the weeks: "3–5 and 8"."""
    runs: list[list[date]] = []
    for monday in mondays:
        if runs and monday - runs[-1][-1] == WEEK:
            runs[-1].append(monday)
        else:
            runs.append([monday])
    *first, last = [
        "–".join(str(week_number(day)) for day in (run if len(run) == 1 else (run[0], run[-1])))
        for run in runs
    ]
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


@register.filter
def headline(shortage: Shortage) -> str:
    """What is lacking, in one sentence."""
    words = {"weeks": weeks_in_words(shortage.weeks), "number": shortage.likely}
    sentence = ngettext(
        "Weeks %(weeks)s lack room for %(number)s party",
        "Weeks %(weeks)s lack room for %(number)s parties",
        shortage.likely,
    )
    return sentence % words


@register.filter
def thin_words(thin: ThinDay) -> str:
    """Why the day is thin: "42 staff hours for 3 persons"."""
    words = {"hours": round(thin.hours), "number": thin.people}
    sentence = ngettext(
        "%(hours)s staff hours, travel included, for %(number)s person",
        "%(hours)s staff hours, travel included, for %(number)s persons",
        thin.people,
    )
    return sentence % words


@register.filter
def needs_in_words(needs: dict[str, Need]) -> str:
    """The usual minutes of each agency: "AF 40, FK 30"."""
    return ", ".join(f"{code} {need.minutes}" for code, need in needs.items())
