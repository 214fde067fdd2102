"""The letter of an invented family, made of the texts that hold now, so that an editor sees where a text stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from agencies.clock import at_wall_clock
from agencies.models import Agency, Housing, Municipality, Service, SiteDay, Who
from bookings.models import Chain, Link, Party, Summons, Track
from bookings.summons.compose import compose_material
from bookings.summons.letter import Letter
from bookings.summons.material import Material, documents_to_bring
from bookings.summons.summoned_day import SummonedStop

REFERENCE = "EXA-MPL"
ADDRESS = "Exempelgatan 2, 602 00 Norrköping"
LENGTH, GAP = timedelta(minutes=45), timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class ExamplePerson:
    """A member of the invented family: as much of a newcomer as a letter needs, and nobody whom reading notes."""

    pk: int
    given_name: str
    family_name: str
    birth_date: date
    letter_language: str = ""
    own_phone: str = ""
    own_email: str = ""


def example_letter(*, language: str, track: int, on: date) -> Letter | None:
    """A letter to two adults and two children in that track; None before there is a place or who summons."""
    summoned = Track.objects.filter(number=track).first()
    home = Municipality.objects.filter(site__locations__isnull=False, is_host=True).order_by("pk").first()
    owners = Agency.objects.filter(code=summoned.summoned_by) if summoned else Agency.objects.none()
    owner = owners.order_by("pk").first()
    if summoned is None or home is None or owner is None:
        return None
    material = _material(language, summoned, home, owner, on)
    return compose_material(material, languages=(language, "sv"))


def _material(language: str, track: Track, home: Municipality, owner: Agency, on: date) -> Material:
    day = on + timedelta(days=14)
    members = {person.pk: person for person in _family(day)}
    party = Party(
        owner=owner,
        municipality=home,
        language=language,
        interpreter_language="ara",
        housing_kind=Housing.RENTED,
        address=ADDRESS,
    )
    services = {service.agency_code: service for service in Service.objects.order_by("pk")}
    stops = tuple(_stops(services, owner, home, members, day))
    location = home.site.locations.order_by("pk")[0]
    return Material(
        summons=Summons(version=1, chain=Chain(reference=REFERENCE, state=Chain.State.BOOKED)),
        link=Link(newcomer_id=1),
        track=track.number,
        party=party,
        site_day=SiteDay(
            location=location,
            date=day,
            opens_at=at_wall_clock(day, time(8, 30)),
            closes_at=at_wall_clock(day, time(16, 30)),
        ),
        stops=stops,
        agencies=Agency.objects.select_related("municipality").in_bulk([stop.agency for stop in stops]),
        services={stop.code: services[stop.code] for stop in stops},
        documents=documents_to_bring(
            [stop.code for stop in stops],
            track=track.number,
            municipality=home.pk,
            with_children=True,
            housing=Housing.RENTED,
        ),
        members=members,  # type: ignore[arg-type]  # they have what a letter reads
        interpreter=None,
        outside="confirmed",
        adults=2,
        children=2,
        before=None,
        latest=1,
        arrive_before=timedelta(minutes=15),
    )


def _family(day: date) -> Iterator[ExamplePerson]:
    for key, (name, age) in enumerate((("Layla", 34), ("Omar", 36), ("Yusuf", 9), ("Mariam", 4)), start=1):
        yield ExamplePerson(key, name, "Haddad", day.replace(year=day.year - age, day=1))


def _stops(
    services: dict[str, Service],
    owner: Agency,
    home: Municipality,
    members: dict[int, ExamplePerson],
    day: date,
) -> Iterator[SummonedStop]:
    """A meeting with each agency that has a service, one after the other; of the municipalities the home one."""
    starts_at = at_wall_clock(day, time(9))
    for code in services:
        rows = Agency.objects.filter(code=code).order_by("pk")
        agency = rows.filter(municipality=home).first() or rows.filter(municipality=None).first()
        if agency is None:
            continue
        ends_at: datetime = starts_at + LENGTH
        yield SummonedStop(agency.pk, code, starts_at, ends_at, Who.ADULTS, tuple(members)[:2])
        starts_at = ends_at + GAP
