"""Icons, names, days and sentences of the staff's pages."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from django import template
from django.contrib.auth.models import AnonymousUser
from django.templatetags.static import static
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from agencies import codes
from agencies.clock import age_on, local
from agencies.dates import clock
from agencies.languages import LANGUAGES, letter_name
from agencies.models import User
from agencies.spoken import spoken_name
from agencies.validators import readable_phone
from agencies.web.roles import AGENCY_ROLES, has_role
from bookings.answers.give import ANOTHER_LANGUAGE
from bookings.attendance.keys import adult_of, agency_of
from bookings.models import AttendanceEvent, Chain, Event, Meeting, Newcomer, Party, SummonsAnswer
from bookings.parties import names
from bookings.proposals.timeline import meeting_name
from bookings.summons.interpreted import disagreement_of
from bookings.summons.summoned_day import SummonedDay
from bookings.worklists.queries import NO_MENU, Menu
from bookings.worklists.queries import menu_of as tasks_and_tracks

register = template.Library()
register.filter(readable_phone)
register.filter(codes.agency_name)
register.filter(codes.is_local)

Facts = Mapping[str, Any]


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing of icons.svg, hidden from screen readers because its word stands beside it."""
    address = static("staff/icons.svg")
    return format_html('<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>', address, name)


@register.filter
def language_name(code: str) -> str:
    """The language's name in the reader's language; an unknown code as it is."""
    return letter_name(code, reader_language())


@register.filter
def called_in(answer: SummonsAnswer) -> str:
    """The language in which whoever wishes a call wants to speak; where nothing was said, the interpreter's."""
    code = answer.call_language or answer.party.interpreter_language
    return _("another language") if code == ANOTHER_LANGUAGE else spoken_name(code, reader_language())


@register.filter
def short_name(person: Newcomer, people: Iterable[Newcomer]) -> str:
    """The given name, or what tells the person from the others of the party."""
    return names.short_name(person, people)


@register.filter
def short_day(moment: date | datetime) -> str:
    """Weekday, day and month in the reader's language: "tis 1 dec"."""
    day = local(moment).date() if isinstance(moment, datetime) else moment
    return str(format_date(day, "EEE d MMM", locale=LANGUAGES[reader_language()].babel)).replace(".", "")


@register.filter
def menu_of(user: User | AnonymousUser) -> Menu:
    """Whether the user's agency summons in any track, and how many tasks wait; base.html asks it once for the page."""
    return tasks_and_tracks(user) if isinstance(user, User) else NO_MENU


@register.filter
def meets_parties(user: User | AnonymousUser) -> bool:
    """Whether the user works with newcomers at an agency, and so has visits to look at."""
    return isinstance(user, User) and has_role(user, *AGENCY_ROLES, of_an_agency=True)


@register.filter
def party_size(party: Party) -> str:
    """The number of members: "4 persons"."""
    count = len(party.members.all())
    return ngettext("%(count)s person", "%(count)s persons", count) % {"count": count}


@register.filter
def kronor(ore: int) -> str:
    """A sum in öre as kronor: 1 712,00."""
    return number_format(Decimal(ore) / 100, 2, force_grouping=True)


@register.filter
def spoken(code: str) -> str:
    """The name of an interpreter's language in the reader's language."""
    return spoken_name(code, reader_language())


@register.filter
def age(member: Newcomer, day: date) -> int:
    """The member's age in whole years on the day."""
    return age_on(member.birth_date, day)


@register.filter
def latest_chain(party: Party) -> Chain | None:
    """The party's chain that was booked last; None if there is none."""
    return next(iter(party.chains.all()), None)


@register.filter
def state_at(chain: Chain, at: datetime) -> Chain.State:
    """The chain's state: a booked day that has passed is past."""
    return chain.state_at(at)


@register.filter
def hours(chain: Chain) -> str:
    """From the first meeting's beginning to the last one's end: "09:15–14:05"; empty without meetings."""
    meetings = list(chain.meetings.all())
    return f"{clock(meetings[0].starts_at)}–{clock(meetings[-1].ends_at)}" if meetings else ""


@register.filter
def arrival_time(day: Mapping[str, Any]) -> str:
    """The day and hour that a version of the letter names for its first meeting: "tis 1 dec 09:15"."""
    return _day_and_hour(SummonedDay.from_json(day).starts_at)


@register.filter
def event_sentence(event: Event) -> str:
    """What the event did, as a sentence in the reader's language."""
    return SENTENCES[event.kind](event.facts)


@register.filter
def disagrees(chain: Chain) -> bool:
    """Whether the chain's letter says something of the interpreter that is not so any more."""
    return disagreement_of(chain) is not None


@register.filter
def attendance_sentence(event: AttendanceEvent) -> str:
    """What was recorded of a meeting, as a sentence in the reader's language."""
    words = {"agency": event.meeting.agency, "what": event.undoes and event.undoes.get_kind_display()}
    return ATTENDANCE[event.kind]() % words


ATTENDANCE: dict[str, Callable[[], str]] = {
    AttendanceEvent.Kind.ARRIVED: lambda: _("Arrived for %(agency)s."),
    AttendanceEvent.Kind.BEGAN: lambda: _("Checked in at %(agency)s."),
    AttendanceEvent.Kind.DONE: lambda: _("The meeting with %(agency)s is over."),
    AttendanceEvent.Kind.LATE: lambda: _("Comes later to %(agency)s."),
    AttendanceEvent.Kind.NO_SHOW: lambda: _("Did not come to %(agency)s."),
    AttendanceEvent.Kind.LEFT: lambda: _("Left %(agency)s."),
    AttendanceEvent.Kind.UNDONE: lambda: _("Undone at %(agency)s: %(what)s."),
}


def _booked(facts: Facts) -> str:
    return _("Booked for %(day)s at %(site)s.") % _day_and_site(facts["day"]) + _not_met(facts["day"])


def _moved(facts: Facts) -> str:
    """From which day to which, and the meetings that begin at another time."""
    before = {"before": _day_and_site(facts["before"])["day"]}
    was, moved = facts.get("was", {}), facts.get("moved", {})
    meetings = ", ".join(
        f"{_meeting_name(code)} {_clock_of(was[code])}→{_clock_of(moved[code])}"
        for code in moved
        if code in was
    )
    words = _day_and_site(facts["day"]) | before | {"meetings": meetings}
    if not meetings:
        return _("Moved from %(before)s to %(day)s.") % words + _not_met(facts["day"])
    return _("Moved from %(before)s to %(day)s: %(meetings)s.") % words + _not_met(facts["day"])


def _not_met(day: Mapping[str, str]) -> str:
    """A sentence of the agencies that were left out for the day's sake; empty if none were."""
    names = ", ".join(map(codes.agency_name, day.get("without", "").split()))
    return " " + _("Not met: %(agencies)s.") % {"agencies": names} if names else ""


def _meeting_name(key: str) -> str:
    """The agency that is met, with the number of the adult who is met alone."""
    return meeting_name(codes.agency_name(agency_of(key)), adult_of(key))


def _clock_of(moment: str) -> str:
    return clock(datetime.fromisoformat(moment))


SENTENCES: dict[str, Callable[[Facts], str]] = {
    Event.Kind.REGISTERED: lambda _facts: _("Registered."),
    Event.Kind.OVERRIDDEN: lambda facts: _("Legal basis overridden: %(reason)s") % facts,
    Event.Kind.BOOKED: _booked,
    Event.Kind.MOVED: _moved,
    Event.Kind.CANCELLED: lambda facts: _("Cancelled: %(reason)s") % facts,
    Event.Kind.PROTECTED: lambda facts: _("Identity protected: %(reason)s") % facts,
    Event.Kind.OPENED: lambda _facts: _("Identity opened."),
    Event.Kind.UNPROTECTED: lambda facts: _("Protection ended: %(reason)s") % facts,
    Event.Kind.AMENDED: lambda facts: _("Corrected: %(what)s.") % {"what": _fields_in_words(facts["what"])},
    Event.Kind.GROUP: lambda facts: (
        (_("Met in a group: %(meeting)s.") if facts["group"] else _("Taken out of the group: %(meeting)s."))
        % {"meeting": _meeting_name(facts["meeting"])}
    ),
    Event.Kind.FORM: lambda facts: (
        _("%(meeting)s: %(form)s.")
        % {
            "meeting": _meeting_name(facts["meeting"]),
            "form": Meeting.Form(facts["form"]).label,
        }
    ),
    Event.Kind.COVERED: lambda facts: (
        _("%(agency)s is met by another caseworker at the same time.")
        % {"agency": codes.agency_name(facts["agency"])}
        if "agency" in facts
        else _("Another interpreter, at the same times.")
    ),
    Event.Kind.TOLD: lambda _facts: _("A letter that tells of the interpreter as it is by now."),
    Event.Kind.ASKED: lambda _facts: _("Asked to be moved, since the place closes then."),
    Event.Kind.CONFIRMED: lambda _facts: _("The interpreter from outside is confirmed."),
    Event.Kind.UNCONFIRMED: lambda _facts: _("The confirmation of the interpreter from outside is undone."),
    Event.Kind.CROSSED: lambda facts: _("Opened from another site: %(reason)s") % facts,
    Event.Kind.RENEWED: lambda _facts: _("A letter got a new code and link; the old ones are closed."),
}


def _fields_in_words(names: list[str]) -> str:
    """The fields of a party, and its members, as words in a row."""
    return ", ".join(_("members") if name == "members" else _field_name(name) for name in names)


def _field_name(name: str) -> str:
    field: Any = Party._meta.get_field(name)
    return str(field.verbose_name)


def _day_and_site(day: Mapping[str, str]) -> dict[str, str]:
    """The words for an event's day: "tis 1 dec 09:15–14:05", and its site."""
    ends = clock(datetime.fromisoformat(day["ends_at"]))
    return {"day": f"{_day_and_hour(datetime.fromisoformat(day['starts_at']))}–{ends}", "site": day["site"]}


def _day_and_hour(moment: datetime) -> str:
    return f"{short_day(moment)} {clock(moment)}"


def reader_language() -> str:
    """The code of the page's language; Swedish where translation is switched off."""
    return get_language() or "sv"
