"""What a message says, in the recipient's language: short, and never the matter, an agency or an outcome.

The first of its forms that fits into two text messages is sent. The telephone is one group of digits: with blanks
between them the groups would change places in a line of Arabic.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.clock import local
from agencies.dates import clock, full_date, weekday
from agencies.validators import readable_phone
from bookings.messages.sms_parts import MOST_PARTS, parts_of
from bookings.models import Message

Kind = Message.Kind


@dataclass(frozen=True, slots=True)
class Facts:
    """What a message tells: when to be there, the link, the site's telephone, and of a change what is new.

    `is_same_time`: the time is as it was; `is_first`: nothing has been told before.
    """

    arrive_at: datetime
    link: str
    phone: str
    is_same_time: bool = False
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Worded:
    """The subject of an e-mail, and the text."""

    subject: str
    text: str


def word(kind: str, facts: Facts, *, language: str, channel: str) -> Worded:
    """The message in that language; for the telephone as short as two parts need."""
    with override(language):
        headline = _headline(kind, facts)
        forms = [
            "\n".join((headline, *lines))
            for lines in _forms(facts, language=language, with_day=kind not in WITHOUT_DAY)
        ]
    if channel != "sms":
        return Worded(headline, forms[0])
    fitting = (text for text in forms if parts_of(text).parts <= MOST_PARTS)
    return Worded(headline, next(fitting, forms[-1]))


def _headline(kind: str, facts: Facts) -> str:
    if kind == Kind.CHANGE and facts.is_same_time:
        return _("Corrected details, same time. Mötesplats")
    return HEADLINES[Kind.SUMMONS if facts.is_first else kind]()


# The time of the day is no news in these.
WITHOUT_DAY = frozenset({Kind.RECEIPT, Kind.MISSED})
HEADLINES: Mapping[str, Callable[[], str]] = {
    Kind.SUMMONS: lambda: _("Your day at Mötesplats"),
    Kind.CHANGE: lambda: _("Changed: your day at Mötesplats"),
    Kind.CANCELLATION: lambda: _("Cancelled, do not come. Mötesplats"),
    Kind.REMINDER_WEEK: lambda: _("Remember: your day at Mötesplats"),
    Kind.REMINDER_DAY: lambda: _("Remember: your day at Mötesplats"),
    Kind.REMINDER_MORNING: lambda: _("Today: your day at Mötesplats"),
    Kind.RECEIPT: lambda: _("Your choice is kept. Mötesplats"),
    Kind.MISSED: lambda: _("We missed you. You get a new day. Mötesplats"),
}


def _forms(facts: Facts, *, language: str, with_day: bool) -> Iterator[tuple[str, ...]]:
    """The lines after the headline, the longest form first."""
    digits = re.sub(r"[^\d+]", "", readable_phone(facts.phone))
    long_phone = _("Telephone %(number)s") % {"number": digits} if digits else ""
    for day in _days(facts.arrive_at, language) if with_day else ("",):
        for phone in (long_phone, digits):
            yield tuple(filter(None, (day, facts.link, phone)))
    yield tuple(filter(None, (day, facts.link)))  # whose page has the telephone


def _days(arrive_at: datetime, language: str) -> tuple[str, str]:
    """The day and the time with the month's name, and with its number."""
    wall = local(arrive_at)
    short = f"{weekday(wall.date(), language)} {wall.day}/{wall.month} {clock(arrive_at)}"
    return f"{full_date(wall.date(), language)} {clock(arrive_at)}", short
