"""Loads the reference data: sites, municipalities, agencies, services, documents, holidays, retention rules.

Loading again creates what is missing and changes no existing row, so that changes by staff are kept.
Streets, telephones and e-mail addresses are left blank until somebody fills them in.
"""

import csv
import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model
from holidays import country_holidays

from agencies.models import (
    Agency,
    AgencyCode,
    Document,
    Holiday,
    Location,
    Municipality,
    RetentionRule,
    Service,
    ServiceDocument,
    Site,
)

DATA = Path(__file__).parent / "data"
YEARS_OF_HOLIDAYS = 3
# Gotland is the county without a site; its ferry goes to Stockholm's county.
SITE_OF_COUNTIES_WITHOUT = "hallunda"

AnyModel = TypeVar("AnyModel", bound=Model)


@transaction.atomic
def load_agencies(*, today: date) -> None:
    """Create the missing reference data; holidays from that day's year on, retention rules valid from that day."""
    load_sites()
    load_municipalities()
    load_secrecy_units()
    load_services()
    load_holidays(range(today.year, today.year + YEARS_OF_HOLIDAYS))
    load_retention(today=today)


def load_sites() -> None:
    """Create the missing sites, each with its main place."""
    made = add_missing(Site, map(_site, read_csv("sites.csv")), key="code")
    Location.objects.bulk_create(Location(site=site, name="Servicekontoret") for site in made)


def load_municipalities() -> None:
    """Create the missing municipalities, each with its own site or else its county's first in sites.csv."""
    sites = Site.objects.in_bulk(field_name="code")
    hosts: dict[str, Site] = {}
    counties: dict[str, Site] = {}
    for row in read_csv("sites.csv"):
        site = sites[slug(row["site"])]
        hosts[row["scb_municipality_code"]] = site
        counties.setdefault(row["county_code"], site)
    elsewhere = sites[SITE_OF_COUNTIES_WITHOUT]
    rows = read_csv("municipalities.csv")
    add_missing(
        Municipality,
        (
            Municipality(
                code=row["municipality_code"],
                name=row["municipality_name"],
                short_name=row["municipality_name_short"],
                county=row["county_name"],
                site=hosts.get(row["municipality_code"]) or counties.get(row["county_code"], elsewhere),
                is_host=row["municipality_code"] in hosts,
            )
            for row in rows
        ),
        key="code",
    )


def load_secrecy_units() -> None:
    """Create the missing agencies: the national ones, and one for each municipality."""
    texts = read_json("agencies.json")
    municipal = texts.pop(AgencyCode.KOM)
    add_missing(
        Agency,
        (Agency(code=code, **in_languages(**text)) for code, text in texts.items()),
        key="code",
    )
    Agency.objects.bulk_create(
        Agency(
            code=AgencyCode.KOM,
            municipality=municipality,
            **in_languages(name=_municipal_names(municipality, municipal["name"]), state=municipal["state"]),
        )
        for municipality in Municipality.objects.filter(agency=None)
    )


def load_services() -> None:
    """Create the missing documents and services; new services with the documents they ask for."""
    add_missing(
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
    ServiceDocument.objects.bulk_create(
        ServiceDocument(
            service=service,
            document=documents[asked["document"]],
            only_with_children=asked["only_with_children"],
            housing=asked.get("housing", []),
        )
        for service in made
        for asked in rows[service.agency_code]["documents"]
    )


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


def read_json(name: str) -> dict[str, Any]:
    """The content of a JSON file in agencies/data."""
    content: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
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
    place = municipality.short_name
    names = {language: f"{word} {place}" for language, word in words.items()}
    return names | {"sv": municipality.name, "en": f"{place} municipality"}


def _service(code: str, row: dict[str, Any]) -> Service:
    fields = ("title", "about", "sheet", "after", "state")
    return Service(
        agency_code=code,
        minutes=row["minutes"],
        minutes_per_person=row["minutes_per_person"],
        **in_languages(**{field: row[field] for field in fields}),
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
