"""Loads the reference data: sites, municipalities, agencies, services, texts, documents, holidays, retention rules.

Loading again creates what is missing and changes no existing row, so that changes by staff are kept.
Streets, telephones and e-mail addresses are left blank until somebody fills them in.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model
from holidays import country_holidays

from agencies.codes import KOM
from agencies.distance import distance
from agencies.models import (
    Agency,
    Document,
    Holiday,
    Location,
    Municipality,
    RetentionRule,
    Service,
    ServiceDocument,
    Site,
    TextBlock,
)
from agencies.models.blocks import BLOCK_KEY

DATA = Path(__file__).parent / "data"
YEARS_OF_HOLIDAYS = 3

AnyModel = TypeVar("AnyModel", bound=Model)


@transaction.atomic
def load_agencies(*, today: date) -> None:
    """Create the missing reference data; holidays from that day's year on, retention rules valid from that day."""
    load_sites()
    load_municipalities()
    load_secrecy_units()
    load_services()
    load_text_blocks()
    load_holidays(range(today.year, today.year + YEARS_OF_HOLIDAYS))
    load_retention(today=today)


def load_sites() -> None:
    """Create the missing sites, each with its main place."""
    made = add_missing(Site, map(_site, read_csv("sites.csv")), key="code")
    Location.objects.bulk_create(Location(site=site, name="Servicekontoret") for site in made)


def load_municipalities() -> None:
    """Create the missing municipalities, each with its own site or else the nearest one, which staff may change."""
    sites = {site.code: site for site in Site.objects.all()}
    hosts = {row["scb_municipality_code"]: sites[slug(row["site"])] for row in read_csv("sites.csv")}
    known = Municipality.objects.in_bulk(field_name="code")
    rows = [row for row in read_csv("municipalities.csv") if row["municipality_code"] not in known]
    made = [_municipality(row, sites.values(), hosts) for row in rows]
    without = [municipality for municipality in known.values() if municipality.latitude is None]
    _set_points([*made, *without])
    Municipality.objects.bulk_create(made)
    if without:
        Municipality.objects.bulk_update(without, ["latitude", "longitude"])


def _set_points(municipalities: Iterable[Municipality]) -> None:
    """Let each lie where its main town does, by which is told how far people travel."""
    points = {row["code"]: row for row in read_csv("municipality_points.csv")}
    for municipality in municipalities:
        if point := points.get(municipality.code):
            municipality.latitude, municipality.longitude = Decimal(point["lat"]), Decimal(point["lon"])


def _municipality(row: dict[str, str], sites: Iterable[Site], hosts: Mapping[str, Site]) -> Municipality:
    code, town = row["municipality_code"], (float(row["lat"]), float(row["lon"]))
    nearest = min(sites, key=lambda site: distance(town, (float(site.latitude), float(site.longitude))))
    return Municipality(
        code=code,
        name=row["municipality_name"],
        short_name=row["municipality_name_short"],
        county=row["county_name"],
        site=hosts.get(code, nearest),
        is_host=code in hosts,
    )


def load_secrecy_units() -> None:
    """Create the missing agencies: the national ones, and one for each municipality."""
    texts = read_json("agencies.json")
    municipal = texts.pop(KOM)
    add_missing(
        Agency,
        (Agency(code=code, **in_languages(**text)) for code, text in texts.items()),
        key="code",
    )
    Agency.objects.bulk_create(
        Agency(
            code=KOM,
            municipality=municipality,
            **in_languages(name=_municipal_names(municipality, municipal["name"]), state=municipal["state"]),
        )
        for municipality in Municipality.objects.filter(agency=None)
    )


def load_services() -> None:
    """Create the missing documents and services, and what a new service asks for, or any service of a new document."""
    added = add_missing(
        Document,
        (
            Document(
                key=key,
                pictogram=row["pictogram"],
                **in_languages(name=row["name"], state=row["state"]),
            )
            for key, row in read_json("documents.json").items()
        ),
        key="key",
    )
    documents = Document.objects.in_bulk(field_name="key")
    rows = read_json("services.json")
    made = add_missing(Service, (_service(code, row) for code, row in rows.items()), key="agency_code")
    new = {service.agency_code for service in made} | {document.key for document in added}
    if new:
        services = Service.objects.in_bulk(field_name="agency_code")
        ServiceDocument.objects.bulk_create(_asked_for(rows, services, documents, new=new))


def load_text_blocks() -> None:
    """Create the missing text blocks; a block whose place has another text already, at any time, is not missing."""
    services = {service.agency_code: service for service in Service.objects.all()}
    known = set(TextBlock.objects.values_list(*BLOCK_KEY))
    blocks = [
        *_general_blocks(services),
        *(block for row in read_json("blocks.json") for block in _blocks(row, services)),
    ]
    TextBlock.objects.bulk_create(block for block in blocks if _key(block) not in known)


def load_holidays(years: Iterable[int]) -> None:
    """Create the holidays of each year that has none; with the eves of Midsummer, Christmas, New Year, no Sundays."""
    known = set(Holiday.objects.values_list("date__year", flat=True))
    days = country_holidays(
        "SE",
        years=[year for year in years if year not in known],
        language="sv",
        categories=("public", "de_facto"),
        include_sundays=False,
    )
    Holiday.objects.bulk_create(Holiday(date=day, name=name) for day, name in sorted(days.items()))


def load_retention(*, today: date) -> None:
    """Create the retention rule of each type of data that has none."""
    add_missing(
        RetentionRule,
        (_retention_rule(row, valid_from=today) for row in read_csv("retention.csv")),
        key="data_type",
    )


def add_missing(model: type[AnyModel], rows: Iterable[AnyModel], *, key: str) -> list[AnyModel]:
    """Create and return the rows whose value of the field `key` no existing row has."""
    known = set(model._default_manager.values_list(key, flat=True))
    return model._default_manager.bulk_create([row for row in rows if getattr(row, key) not in known])


def in_languages(**texts: Mapping[str, str]) -> dict[str, str]:
    """The texts, by field and language, as fields of a translated model: `name_sv`, `name_en` ..."""
    return {
        f"{field}_{language}": text
        for field, by_language in texts.items()
        for language, text in by_language.items()
    }


def read_csv(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file in agencies/data."""
    with (DATA / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def read_json(name: str) -> Any:
    """The content of a JSON file in agencies/data."""
    content: Any = json.loads((DATA / name).read_text(encoding="utf-8"))
    return content


def slug(name: str) -> str:
    """A Swedish place name in lower case without å, ä, ö and spaces: `upplands-vasby`."""
    return name.lower().translate(str.maketrans("åäö ", "aao-"))


def _site(row: dict[str, str]) -> Site:
    return Site(
        code=slug(row["site"]),
        name=row["site"],
        order=int(row["order"]),
        latitude=row["lat_approx"],
        longitude=row["lon_approx"],
    )


def _municipal_names(municipality: Municipality, words: Mapping[str, str]) -> dict[str, str]:
    """The municipality's name in each language; Arabic has no article before the place."""
    place = municipality.short_name
    names = {language: f"{word} {place}" for language, word in words.items()}
    return names | {
        "sv": municipality.name,
        "en": f"{place} municipality",
        "ar": f"{words['ar'].removeprefix('ال')} {place}",
    }


def _asked_for(
    rows: Mapping[str, Any],
    services: Mapping[str, Service],
    documents: Mapping[str, Document],
    *,
    new: set[str],
) -> Iterator[ServiceDocument]:
    """What the services ask for, as far as the service or the document is new."""
    for code, row in rows.items():
        for asked in row["documents"]:
            if new & {code, asked["document"]}:
                for track in asked.get("tracks", [None]):
                    yield ServiceDocument(
                        service=services[code],
                        document=documents[asked["document"]],
                        only_with_children=asked["only_with_children"],
                        track=track,
                        housing=asked.get("housing", []),
                    )


def _general_blocks(services: Mapping[str, Service]) -> Iterator[TextBlock]:
    """What services.json says of each service, to everybody."""
    for code, row in read_json("services.json").items():
        for slot in ("about", "sheet", "after"):
            yield from _blocks(
                {"slot": slot, "service": code, "text": row[slot], "state": row["state"]}, services
            )


def _blocks(row: Mapping[str, Any], services: Mapping[str, Service]) -> Iterator[TextBlock]:
    """A text of the file in all its languages, once for each track."""
    for track in row.get("tracks", [None]):
        for language in row["text"]:
            yield TextBlock(
                slot=row["slot"],
                service=services[row["service"]] if "service" in row else None,
                track=track,
                condition=row.get("condition", ""),
                language=language,
                state=row["state"][language],
                text=row["text"][language],
            )


def _key(block: TextBlock) -> tuple[Any, ...]:
    relations = {"service": block.service_id, "municipality": block.municipality_id}
    return tuple(relations[name] if name in relations else getattr(block, name) for name in BLOCK_KEY)


def _service(code: str, row: dict[str, Any]) -> Service:
    texts = {field: row[field] for field in ("title", "state")}
    if code == KOM:
        texts["agency_name"] = read_json("agencies.json")[KOM]["name"]
    return Service(
        agency_code=code,
        is_local=row.get("is_local", False),
        checks_identity=row.get("checks_identity", False),
        minutes=row["minutes"],
        minutes_per_person=row["minutes_per_person"],
        **in_languages(**texts),
    )


def _retention_rule(row: dict[str, str], *, valid_from: date) -> RetentionRule:
    texts = ("data_type", "action", "follows", "since", "decision", "why")
    return RetentionRule(
        holds_persons=row["persons"] == "yes",
        months=int(row["months"] or 0),
        days=int(row["days"] or 0),
        is_decided=row["decided"] == "yes",
        valid_from=valid_from,
        **{field: row[field] for field in texts},
    )
