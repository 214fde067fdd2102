"""What the staff's templates draw and word."""

from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from agencies.clock import age_on, local
from agencies.dates import clock
from agencies.languages import LANGUAGES
from agencies.models import AgencyCode, User
from bookings.models import Chain, Event, Newcomer, Party, Track
from bookings.summons.summoned_day import SummonedDay

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small drawing; the word stands beside it, so screen readers pass it by."""
    address = static("staff/icons.svg")
    return format_html('<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>', address, name)


@register.filter
def language_name(code: str) -> str:
    """The newcomers' language in the reader's."""
    return getattr(LANGUAGES[code], get_language()) if code in LANGUAGES else code


@register.filter
def short_day(moment: date | datetime) -> str:
    """A day to compare with others: "tis 1 dec"."""
    day = local(moment).date() if isinstance(moment, datetime) else moment
    return format_date(day, "EEE d MMM", locale=LANGUAGES[get_language()].babel).replace(".", "")


@register.filter
def summons(user: User) -> bool:
    """Whether the user's agency summons in any track."""
    return user.agency is not None and Track.objects.filter(summoned_by=user.agency.code).exists()


@register.filter
def size(party: Party) -> str:
    """How many they are."""
    count = len(party.members.all())
    return ngettext("%(count)s person", "%(count)s persons", count) % {"count": count}


@register.filter
def age(member: Newcomer, day: date) -> int:
    return age_on(member.birth_date, day)


@register.filter
def latest_chain(party: Party) -> Chain | None:
    """The party's day: the one booked last."""
    return next(iter(party.chains.all()), None)


@register.filter
def summoned(day: dict[str, Any]) -> str:
    """When the first meeting of a version of the letter begins."""
    return _moment(SummonedDay.from_json(day).starts_at)


@register.filter
def sentence(event: Event) -> str:
    """What has happened, in words."""
    return SENTENCES[event.kind](event.facts)


SENTENCES = {
    Event.Kind.REGISTERED: lambda _facts: _("Registered."),
    Event.Kind.OVERRIDDEN: lambda facts: _("Legal basis overridden: %(reason)s") % facts,
    Event.Kind.BOOKED: lambda facts: _("Booked for %(day)s at %(site)s.") % _told(facts["day"]),
    Event.Kind.MOVED: lambda facts: (
        _("Moved from %(before)s to %(day)s.")
        % (_told(facts["day"]) | {"before": _told(facts["before"])["day"]})
    ),
    Event.Kind.CANCELLED: lambda facts: _("Cancelled: %(reason)s") % facts,
    Event.Kind.PROTECTED: lambda facts: _("Identity protected: %(reason)s") % facts,
    Event.Kind.OPENED: lambda _facts: _("Identity opened."),
    Event.Kind.UNPROTECTED: lambda facts: _("Protection ended: %(reason)s") % facts,
    Event.Kind.CHECKED_IN: lambda facts: (
        _("Checked in at %(agency)s.") % {"agency": AgencyCode(facts["agency"]).label}
    ),
    Event.Kind.RENEWED: lambda _facts: _("A letter got a new code and link; the old ones are closed."),
}


def _told(day: dict[str, str]) -> dict[str, str]:
    ends = clock(datetime.fromisoformat(day["ends_at"]))
    starts = _moment(datetime.fromisoformat(day["starts_at"]))
    return {"day": f"{starts}–{ends}", "site": day["site"]}


def _moment(moment: datetime) -> str:
    return f"{short_day(moment)} {clock(moment)}"
