"""What a version of the summons says that is new since the version before, in whole sentences."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from agencies import dates
from agencies.models import Agency, Location
from bookings.summons.summoned_day import SummonedDay


def change_sentences(
    old: SummonedDay,
    new: SummonedDay,
    *,
    places: Mapping[int, Location],
    agencies: Mapping[int, Agency],
    language: str,
) -> Iterator[str]:
    """Day, times, place, meetings and interpreter; `places` by site day and `agencies` by primary key."""
    yield from _times(old, new, language)
    old_place, new_place = (places[day.days[0].site_day] for day in (old, new))
    if old_place.pk != new_place.pk:
        yield _("New place: %(place)s.") % {"place": new_place.full_address}
    met_before, met_now = ({stop.agency for stop in day.stops} for day in (old, new))
    for stop in new.stops:
        if stop.agency not in met_before:
            yield _("New meeting: %(agency)s.") % {"agency": agencies[stop.agency].name}
    for stop in old.stops:
        if stop.agency not in met_now:
            yield _("This meeting is left out: %(agency)s.") % {"agency": agencies[stop.agency].name}
    yield from _forms(old, new, agencies)
    yield from _together(old, new, agencies)
    yield from _interpreter(old, new)


def _forms(old: SummonedDay, new: SummonedDay, agencies: Mapping[int, Agency]) -> Iterator[str]:
    """The meetings of both that are now held in another way."""
    before = {(stop.agency, stop.alone): stop.form for stop in old.stops}
    for stop in new.stops:
        if before.get((stop.agency, stop.alone), stop.form) == stop.form:
            continue
        agency = {"agency": agencies[stop.agency].name}
        if stop.form == "telephone":
            yield _("Now by telephone, we ring you: %(agency)s.") % agency
        elif stop.form == "video":
            yield _("Now by video, through a link: %(agency)s.") % agency
        else:
            yield _("Now at the place, you come there: %(agency)s.") % agency


def _together(old: SummonedDay, new: SummonedDay, agencies: Mapping[int, Agency]) -> Iterator[str]:
    """The meetings that are now held at one time, and those that no longer are."""
    before, now = _at_once(old), _at_once(new)
    for together in now - before:
        names = " + ".join(str(agencies[key].name) for key in together)
        yield _("Now at the same time, in the same room: %(agencies)s.") % {"agencies": names}
    for together in before - now:
        names = " + ".join(str(agencies[key].name) for key in together)
        yield _("No longer at the same time: %(agencies)s.") % {"agencies": names}


def _at_once(day: SummonedDay) -> set[tuple[int, ...]]:
    """The agencies, in their order, of each time at which there are several."""
    held: dict[datetime, list[int]] = {}
    for stop in day.stops:
        held.setdefault(stop.starts_at, []).append(stop.agency)
    return {tuple(agencies) for agencies in held.values() if len(agencies) > 1}


def _times(old: SummonedDay, new: SummonedDay, language: str) -> Iterator[str]:
    days = [dates.stockholm(day.starts_at) for day in (old, new)]
    clocks = [dates.clock(day.starts_at) for day in (old, new)]
    if days[0] != days[1]:
        yield _("New day: %(new)s. The old day was %(old)s.") % {
            "new": dates.full_date(days[1], language),
            "old": dates.full_date(days[0], language),
        }
    if clocks[0] != clocks[1]:
        yield _("The first meeting begins at %(new)s. It was %(old)s.") % {"new": clocks[1], "old": clocks[0]}
    elif days[0] == days[1] and _kept_times(old, new) != _kept_times(new, old):
        yield _("Some of the meetings have other times.")


def _kept_times(day: SummonedDay, other: SummonedDay) -> dict[int, tuple[datetime, datetime]]:
    """When the meetings of the day are that the other one has too, by agency."""
    both = {stop.agency for stop in other.stops}
    return {stop.agency: (stop.starts_at, stop.ends_at) for stop in day.stops if stop.agency in both}


def _interpreter(old: SummonedDay, new: SummonedDay) -> Iterator[str]:
    before, now = ((day.interpreter, day.outside) for day in (old, new))
    if before == now:
        return
    if new.outside == "ordered":
        yield _("We are ordering an interpreter for you.")
    elif now == (None, ""):
        yield _("No interpreter is booked any more.")
    elif old.interpreter is None:
        yield _("An interpreter is booked now.")
    else:
        yield _("Another interpreter helps you.")
