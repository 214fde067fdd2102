"""Hints as sentences for staff: why there is no proposal, and what would help."""

from django.utils.translation import gettext as _

from agencies import dates
from agencies.codes import agency_name
from bookings.proposals.answer import Hint


def sentence_for(hint: Hint, *, language: str) -> str:
    """The hint as a sentence in the reader's language."""
    sentence = SENTENCES[hint.kind]() % {
        "agency": agency_name(hint.agency) if hint.agency else "",
        "site": hint.place,
        "day": dates.full_date(hint.day, language) if hint.day else "",
        "from": dates.clock(hint.starts_at) if hint.starts_at else "",
        "to": dates.clock(hint.ends_at) if hint.ends_at else "",
    }
    if not hint.also:
        return sentence
    other = sentence_for(hint.also, language=language)
    return _("%(change)s And also: %(other)s") % {"change": sentence, "other": other}


SENTENCES = {
    "desk": lambda: _("One more meeting at %(agency)s on %(day)s, %(from)s–%(to)s, would be enough."),
    "interpreter": lambda: _(
        "One more interpreter of the language on %(day)s, %(from)s–%(to)s, would be enough."
    ),
    "room": lambda: _("One more room on %(day)s, %(from)s–%(to)s, would be enough."),
    "order": lambda: _("On %(day)s it would work in another order."),
    "lunch": lambda: _("On %(day)s it would work without time for lunch, which the site's rule asks for."),
    "window": lambda: _("On %(day)s it would work if the meeting with %(agency)s could move."),
    "shut_then": lambda: _("%(from)s does not work: the place is not open for the whole meeting."),
    "party_busy": lambda: _("%(from)s does not work: the party is in another meeting then, or on its way."),
    "order_then": lambda: _("%(from)s does not work: the order of the agencies has to be kept."),
    "interpreter_busy": lambda: _("%(from)s does not work: the interpreter is not free then."),
    "desk_busy": lambda: _("%(from)s does not work: no desk of %(agency)s is free then."),
    "room_busy": lambda: _("%(from)s does not work: no room is free then."),
    "no_break": lambda: _("%(from)s does not work: the party would have no break."),
    "no_lunch": lambda: _("%(from)s does not work: the party would have no time for lunch."),
    "closed": lambda: _("No day in this period is open and long enough for the meetings."),
    "notice": lambda: _("The letter needs days in the post: the first day that can be booked is %(day)s."),
    "without": lambda: _("Without %(agency)s: %(day)s, %(from)s"),
    "another_day": lambda: _("With %(agency)s on another day: %(day)s, %(from)s"),
    "site": lambda: _("At %(site)s: %(day)s, %(from)s"),
    "any_sex": lambda: _("If the caseworkers may be women or men: %(day)s, %(from)s"),
    "first": lambda: _("First day that works: %(day)s"),
    "stays": lambda: _("There is no other time for this meeting on that day."),
    "no_stops": lambda: _("No agency needs to meet this party here in this period."),
}
KINDS = tuple(SENTENCES)
