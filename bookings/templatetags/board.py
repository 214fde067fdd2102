"""Addresses, standings and people of a board, in words."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Location, Site
from agencies.spoken import of_letter, spoken_name
from bookings.board.lanes import LanePart
from bookings.board.pages import address
from bookings.board.queries import Board
from bookings.board.record import OF_HOSTS
from bookings.board.standing import BoardMeeting, Standing, Stood, Why
from bookings.models import AttendanceEvent, Meeting
from bookings.templatetags.staff import icon, reader_language

register = template.Library()

HOUR = 60
# A press and its word, in the order in which a party's visit goes.
PRESSES: tuple[tuple[str, Callable[[], str]], ...] = (
    (AttendanceEvent.Kind.ARRIVED, lambda: _("Is here")),
    (AttendanceEvent.Kind.BEGAN, lambda: _("In a meeting")),
    (AttendanceEvent.Kind.DONE, lambda: _("Over")),
    (AttendanceEvent.Kind.LATE, lambda: _("Comes later")),
    (AttendanceEvent.Kind.LEFT, lambda: _("Left")),
    (AttendanceEvent.Kind.NO_SHOW, lambda: _("Did not come")),
)
STANDINGS: dict[Standing, Callable[[], str]] = {
    Standing.BOOKED: lambda: _("booked"),
    Standing.ARRIVED: lambda: _("is here and waits"),
    Standing.MEETING: lambda: _("in a meeting"),
    Standing.DONE: lambda: _("held"),
    Standing.LATE: lambda: _("late"),
    Standing.NO_SHOW: lambda: _("did not come"),
    Standing.LEFT: lambda: _("has left"),
    Standing.UNRECORDED: lambda: _("not recorded"),
}
REASONS: dict[Why, Callable[[], str]] = {
    Why.NOT_HERE: lambda: _("%(minutes)s min late: has not come."),
    Why.SAID_SO: lambda: _("%(minutes)s min late: will come later."),
    Why.IN_MEETING: lambda: _("%(minutes)s min late: still in another meeting."),
    Why.WAITS: lambda: _("%(minutes)s min late: is here and waits to be met."),
    Why.OVERRUN: lambda: _("%(minutes)s min over the time."),
}


@register.simple_tag
def board_address(
    name: str, board: Board, day: date, *, place: Location | None = None, meeting: str = ""
) -> str:
    """The address of a page of the board, on another day or at another place of the site."""
    other = Board(place or board.location, day, board.at, None)
    return address(name, other, **({"meeting": meeting} if meeting else {}))


@register.simple_tag
def site_address(name: str, site: Site, day: date) -> str:
    """The address of the same page of another site's main place."""
    return reverse(f"bookings:{name}", args=[site.code, day])


@register.filter
def days(day: date, number: int) -> date:
    """The day so many days later."""
    return day + timedelta(days=number)


@register.filter
def standing_words(stood: Stood) -> str:
    """How the meeting stands."""
    return STANDINGS[stood.standing]()


@register.filter
def why_words(stood: Stood) -> str:
    """Why it is late or takes longer, with the minutes; empty if it does not."""
    return REASONS[stood.why]() % {"minutes": stood.minutes} if stood.why else ""


@register.filter
def attendance_words(kind: str) -> str:
    """What was recorded, as on a meeting's page."""
    return str(Meeting.Attendance(kind).label)


@register.filter
def kinds_for(kinds: Iterable[str], is_host: bool) -> list[tuple[str, str]]:
    """Those of the kinds that the reader may record, each with the word of its button."""
    found = set(kinds) & OF_HOSTS if is_host else set(kinds)
    return [(kind, word()) for kind, word in PRESSES if kind in found]


@register.simple_tag
def press(kind: str, meeting: BoardMeeting, look: str = "") -> SafeString:
    """The button of the page's form "press" that records the kind of the meeting."""
    word = dict(PRESSES)[kind]()
    return _button("record", kind, meeting, look, f"{word}: {meeting.party}", word)


@register.simple_tag
def press_undo(kind: str, meeting: BoardMeeting, look: str = "") -> SafeString:
    """The button of the page's form "press" that undoes the kind of the meeting."""
    words = {"what": attendance_words(kind), "number": meeting.party}
    label = _("Undo “%(what)s” for %(number)s") % words
    return _button("undo", kind, meeting, look, label, format_html("{}{}", icon("undo"), _("Undo")))


def _button(name: str, kind: str, meeting: BoardMeeting, look: str, label: str, word: str) -> SafeString:
    return format_html(
        '<button class="btn {}" type="submit" form="press" name="{}" value="{}@{}" aria-label="{}">{}</button>',
        *(look, name, kind, meeting.name, label, word),
    )


# Hundreds stand on a board, and a template takes a hundred times as long for each.
BLOCK = (
    '<li class="{} f{} t{}"><a href="{}{}#stop" data-stop="{}">'
    '<span class="time"><time datetime="{}">{}</time>–{}</span> <span class="vh">{},</span>'
    " <span><b>{}</b>{}</span>{}{}</a></li>"
)


@register.simple_tag
def group_block(part: LanePart, opens: str) -> SafeString:
    """The parties of a group as one bar of numbers, each of which opens its stop."""
    starts, ends = part.hours
    number = len(part.group)
    words = ngettext("Group, %(number)s party", "Group, %(number)s parties", number) % {"number": number}
    parties = format_html_join(
        "",
        '<a class="{}" href="{}{}#stop" data-stop="{}"><b>{}</b><span class="vh">, {}</span></a>',
        (
            (
                stood.standing.value,
                opens,
                stood.meeting.name,
                stood.meeting.name,
                _sign(stood),
                standing_words(stood),
            )
            for stood in part.group
        ),
    )
    return format_html(
        '<li class="group f{} t{}"><span class="vh">{}–{}, {}</span>{}</li>',
        *(part.first, part.last, starts, ends, words, parties),
    )


def _sign(stood: Stood) -> str:
    return ("! " if stood.standing == Standing.LATE else "") + stood.meeting.party


@register.simple_tag
def stop_block(part: LanePart, opens: str, *, is_pool: bool) -> SafeString:
    """A meeting in a row of the board; `opens`: the address of the board up to the name of a meeting."""
    stood = part.stood
    assert stood is not None
    meeting, (starts, ends) = stood.meeting, part.hours
    lacks = meeting.lacks_interpreter and stood.standing == Standing.BOOKED
    looks = [stood.standing.value, *["lack"] * lacks, *["over-time"] * (stood.why == Why.OVERRUN)]
    return format_html(
        BLOCK,
        *(" ".join(looks), part.first, part.last, opens, meeting.name),
        meeting.name + ("-i" if is_pool else ""),
        *(meeting.starts_at.isoformat(), starts, ends, standing_words(stood), _sign(stood)),
        "" if is_pool else format_html(" <small>{}</small>", language_code(meeting)),
        format_html(' <span class="mark">? {}</span>', _("interpreter")) if lacks else "",
        _manner(meeting),
    )


def _manner(meeting: BoardMeeting) -> str:
    """How it is held, if not at the place, and with which other agencies."""
    form = format_html(" <small>{}</small>", form_words(meeting.form)) if meeting.form else ""
    if not meeting.together:
        return form
    return format_html(
        '{} <small aria-hidden="true">+ {}</small><span class="vh">, {}</span>',
        *(form, ", ".join(meeting.together), together_words(meeting.together)),
    )


@register.filter
def together_words(codes: Iterable[str]) -> str:
    """With which other agencies a meeting is held: "together with AF"."""
    return _("together with %(agencies)s") % {"agencies": ", ".join(codes)}


@register.filter
def form_words(form: str) -> str:
    """How a meeting is held: "by telephone"."""
    return str(Meeting.Form(form).label)


@register.filter
def language_code(meeting: BoardMeeting) -> str:
    """The language of the meeting as a code: the letter's, or where that is not what is spoken the interpreter's."""
    spoken = meeting.interpreter_language
    return meeting.language if not spoken or spoken == of_letter(meeting.language) else spoken


@register.filter
def spoken_here(meeting: BoardMeeting) -> str:
    """The name of the language in which the party is spoken to."""
    return spoken_name(meeting.interpreter_language or of_letter(meeting.language), reader_language())


@register.filter
def people_words(meeting: BoardMeeting) -> str:
    """How many come: "2 adults, 1 child"."""
    adults, children = meeting.adults or 0, meeting.children or 0
    words = ngettext("%(count)s adult", "%(count)s adults", adults) % {"count": adults}
    if not children:
        return words
    return words + ", " + ngettext("%(count)s child", "%(count)s children", children) % {"count": children}


@register.filter
def from_now(moment: datetime, at: datetime) -> str:
    """How long until the moment, or since it: "in 18 min", "12 min ago", "now"."""
    minutes = round((moment - at).total_seconds() / 60)
    if abs(minutes) < 1:
        return _("now")
    if abs(minutes) < HOUR:
        said = _("in %(minutes)s min") if minutes > 0 else _("%(minutes)s min ago")
        return said % {"minutes": abs(minutes)}
    hours = round(abs(minutes) / HOUR)
    if minutes < 0:
        return ngettext("%(hours)s hour ago", "%(hours)s hours ago", hours) % {"hours": hours}
    return ngettext("in %(hours)s hour", "in %(hours)s hours", hours) % {"hours": hours}
