"""The rows of which a version of the summons is composed: those of the party, and those that are everybody's."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Max, Q

from agencies.clock import local
from agencies.models import Agency, Document, Municipality, Service, ServiceDocument, SiteDay, ThresholdCode
from agencies.shelf import Shelf, shelf_of
from agencies.texts.queries import Texts
from agencies.thresholds import dated
from bookings.attendance.rules import is_adult
from bookings.models import Link, LinkParty, LinkSummons, Newcomer, Party, Summons, Track
from bookings.summons.summoned_day import SummonedDay, SummonedStop
from bookings.summons.texts import texts_of_party
from interpreters.models import Interpreter

THE_LETTER = "letter"


@dataclass(frozen=True)
class Material:
    """All rows that a summons is composed of, read once for all its languages."""

    summons: Summons | LinkSummons
    link: Link
    track: int  # number
    party: Party | LinkParty
    site_day: SiteDay
    stops: tuple[SummonedStop, ...]
    agencies: Mapping[int, Agency]
    services: Mapping[str, Service]
    documents: tuple[Document, ...]
    members: Mapping[int, Newcomer]
    interpreter: Interpreter | None
    outside: str  # as `SummonedDay.outside`
    adults: int
    children: int
    before: Summons | LinkSummons | None
    latest: int  # version
    arrive_before: timedelta  # as it was when the version was written
    shelf: Shelf = field(default_factory=Shelf)

    @property
    def starts_at(self) -> datetime:
        return self.stops[0].starts_at

    def texts(self, language: str) -> Texts:
        return texts_of_party(
            self.party,
            self.members.values(),
            adults=self.adults,
            children=self.children,
            track=self.track,
            day=self.site_day.date,
            language=language,
            shelf=self.shelf,
        )


def read_material(summons: Summons, link: Link) -> Material:
    """The rows of any version, all read anew."""
    track: int = Track.objects.values_list("number", flat=True).get(pk=summons.chain.track_id)
    return _gather(
        summons,
        link,
        site_day=None,
        track=track,
        before=Summons.objects.filter(chain=summons.chain_id, version=summons.version - 1).first(),
        latest=latest_version(summons.chain_id),
        shelf=Shelf(),
    )


def read_newest(
    newest: Summons | LinkSummons, link: Link, *, before: Summons | LinkSummons | None
) -> Material:
    """The rows of the newest version for an entered link; those that are everybody's are kept by its shelf."""
    return _gather(
        newest,
        link,
        site_day=link.chain.site_day,
        track=link.chain.track.number,
        before=before,
        latest=newest.version,
        shelf=shelf_of(link),
    )


def _gather(
    summons: Summons | LinkSummons,
    link: Link,
    *,
    site_day: SiteDay | None,
    track: int,
    before: Summons | LinkSummons | None,
    latest: int,
    shelf: Shelf,
) -> Material:
    """With the day that the version has told, which is read if it is not the given one."""
    summoned = SummonedDay.from_json(summons.day).as_told_to(link.newcomer_id)
    (day,) = summoned.days  # the letter has no layout for several days: rather no letter than half a one
    if site_day is None or site_day.pk != day.site_day:
        site_day = SiteDay.objects.select_related("location__site").get(pk=day.site_day)
    codes = [stop.code for stop in day.stops]
    party = _party_of(summons)
    agencies = shelf.by_key(
        "agencies", {party.owner_id, *(stop.agency for stop in day.stops)}, agencies_by_key
    )
    party.owner = agencies[party.owner_id]
    party.municipality = shelf.get(("home", party.municipality_id), lambda: _home(party.municipality_id))
    people = party.members.select_related("party", "own_contact") if isinstance(party, Party) else ()
    members = {member.pk: member for member in people}
    adults = sum(is_adult(member.birth_date, site_day.date) for member in members.values())
    adults, children = (
        (adults, len(members) - adults) if members else (summoned.adults, summoned.children)
    )  # nobody is seen without the paper code
    return Material(
        summons=summons,
        link=link,
        track=track,
        party=party,
        site_day=site_day,
        stops=day.stops,
        agencies=agencies,
        services=shelf.by_key("services", set(codes), _services),
        documents=shelf.get(
            ("documents", *codes, track, party.municipality_id, children > 0, party.housing_kind),
            lambda: documents_to_bring(
                codes,
                track=track,
                municipality=party.municipality_id,
                with_children=children > 0,
                housing=party.housing_kind,
            ),
        ),
        members=members,
        interpreter=_interpreter_row(summoned.interpreter),
        outside=summoned.outside,
        adults=adults,
        children=children,
        before=before,
        latest=latest,
        arrive_before=_arrive_before(summons.made_at, shelf),
        shelf=shelf,
    )


def _party_of(summons: Summons | LinkSummons) -> Party | LinkParty:
    """The party; for whoever may not see it, as much of it as the day's page needs."""
    if isinstance(summons, LinkSummons):
        return LinkParty.objects.get(chain=summons.chain_id)
    return Party.objects.get(chains=summons.chain_id)


def agencies_by_key(keys: Collection[int]) -> dict[int, Agency]:
    """With their municipalities; one query."""
    return Agency.objects.select_related("municipality").in_bulk(keys)


def _home(key: int) -> Municipality:
    return Municipality.objects.select_related("site", "agency").get(pk=key)


def _services(codes: Collection[str]) -> dict[str, Service]:
    return {service.agency_code: service for service in Service.objects.filter(agency_code__in=codes)}


def _arrive_before(made_at: datetime, shelf: Shelf) -> timedelta:
    code = ThresholdCode.ARRIVE_BEFORE
    minutes = shelf.get(code, lambda: dated(code)[code]).on(local(made_at).date())
    return timedelta(minutes=minutes)


def _interpreter_row(key: int | None) -> Interpreter | None:
    return None if key is None else Interpreter.objects.filter(pk=key).first()


def latest_version(chain: int) -> int:
    """The number of the chain's latest version."""
    newest: int = Summons.objects.filter(chain=chain).aggregate(Max("version"))["version__max"]
    return newest


def documents_to_bring(
    codes: list[str], *, track: int, municipality: int, with_children: bool, housing: str
) -> tuple[Document, ...]:
    """The letter itself, then what the services of these agencies ask for in this track and municipality, each once."""
    requested = ServiceDocument.objects.filter(
        Q(track=None) | Q(track=track),
        Q(municipality=None) | Q(municipality=municipality),
        service__agency_code__in=codes,
    )
    if not with_children:
        requested = requested.filter(only_with_children=False)
    if housing:
        requested = requested.filter(Q(housing=[]) | Q(housing__contains=[housing]))
    documents = Document.objects.filter(Q(key=THE_LETTER) | Q(pk__in=requested.values("document")))
    return tuple(documents.order_by("pk"))
