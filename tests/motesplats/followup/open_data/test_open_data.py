"""The open data are for everybody: stable columns, hidden cells marked, a dictionary and a catalogue."""

import csv
import json
from datetime import date
from io import StringIO
from itertools import product

import pytest
from django.test import Client
from django.utils import timezone

from motesplats.followup.dimensions import PARTS, SEX_AGE_KEYS
from motesplats.followup.measures import MEASURES
from motesplats.followup.open_data.catalogue import catalogue_of
from motesplats.followup.refresh import refresh
from motesplats.models import PublishedFigure
from tests.browser import words_of
from tests.factories.agencies import CoordinatorFactory, the_site
from tests.factories.followup import PEOPLE, counted_figures, typed_report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]
SEPTEMBER = date(2026, 9, 1)


@pytest.fixture
def page() -> Client:
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def figures(acting) -> None:
    """A day of September at Norrköping, smaller ones at Örebro and Kalmar, one with three people at Malmö."""
    seventeen = {"F|18-64": 9, "M|18-64": 8}
    days = {"norrkoping": PEOPLE, "orebro": seventeen, "kalmar": seventeen, "malmo": {"F|18-64": 3}}
    for code, people in days.items():
        by = CoordinatorFactory(sites=[the_site(code)])
        with acting(by):
            typed_report(the_site(code), date(2026, 9, 8), by, people=people)
        refresh(site=the_site(code).pk, month=SEPTEMBER, at=timezone.now())


def rows_of(answer) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()
    return list(csv.DictReader(StringIO(text, newline="")))


def test_the_figures_are_streamed_with_the_columns_of_version_1(page, figures):
    answer = page.get("/open-data/v1/figures.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = rows_of(answer)
    assert list(rows[0]) == [
        "measure",
        "year",
        "month",
        "site",
        "dimension",
        "key",
        "value",
        "suppressed",
        "source",
        "site_name",
        "key_name_sv",
        "key_name_en",
    ]
    assert len(rows) == PublishedFigure.objects.count()
    assert {
        "measure": "participants",
        "year": "2026",
        "month": "9",
        "site": "norrkoping",
        "dimension": "",
        "key": "",
        "value": "45",
        "suppressed": "false",
        "source": "reported",
        "site_name": "Norrköping",
        "key_name_sv": "",
        "key_name_en": "",
    } in rows


def test_what_is_hidden_is_marked_and_has_no_number(page, figures):
    rows = rows_of(page.get("/open-data/v1/figures.csv?site=malmo&measure=participants"))
    assert rows
    hidden = [row for row in rows if row["suppressed"] == "true"]
    assert hidden
    assert {row["value"] for row in hidden} == {""}
    told = [int(row["value"]) for row in rows if row["value"]]
    assert not [number for number in told if 0 < number < 6]


def test_json_says_the_same_as_csv(page, figures):
    lines = rows_of(page.get("/open-data/v1/figures.csv?measure=participants&year=2026"))
    body = json.loads(page.get("/open-data/v1/figures.json?measure=participants&year=2026").getvalue())
    assert body["version"] == "1"
    assert "publicdomain/zero" in body["licence"]
    assert len(body["rows"]) == len(lines)
    as_text = [
        {
            name: "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
            for name, value in row.items()
        }
        for row in body["rows"]
    ]
    assert as_text == lines


def test_before_there_are_figures_both_files_are_whole(page):
    assert rows_of(page.get("/open-data/v1/figures.csv")) == []
    assert json.loads(page.get("/open-data/v1/figures.json").getvalue())["rows"] == []


@pytest.mark.parametrize(
    "query", ["measure=names", "year=1", "year=many", "site=a b", "month=3", "measure=participants&x="]
)
def test_what_cannot_be_asked_for_is_a_problem(page, query):
    answer = page.get(f"/open-data/v1/figures.csv?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert answer.json()["errors"]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("name", ["figures.csv", "figures.json", "dictionary.csv", "catalogue.jsonld"])
def test_files_may_be_kept_and_read_from_elsewhere(page, name):
    answer = page.get(f"/open-data/v1/{name}")
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert page.post(f"/open-data/v1/{name}").status_code == 405


def test_whoever_asks_too_often_waits(page, settings):
    settings.LIMITS = settings.LIMITS | {"open-data-address": (2, 60)}
    answers = [page.get("/open-data/v1/dictionary.csv") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "60"
    assert "no-store" in answers[2]["Cache-Control"]


def dictionary(page) -> dict[str, dict[str, dict[str, str]]]:
    """Its rows by kind and code."""
    by_kind: dict[str, dict[str, dict[str, str]]] = {}
    for row in rows_of(page.get("/open-data/v1/dictionary.csv")):
        by_kind.setdefault(row["kind"], {})[row["code"]] = row
    return by_kind


@pytest.fixture
def every_measure(figures) -> None:
    """Also what is divided by agency, by language and by where a chain stops."""
    divided = [
        ("persons_met", "agency", "SKV"),
        ("no_show_share", "language", "uig"),
        ("no_show_share", "language", "ti"),
        ("chains_stopped", "why", "interpreter"),
        ("chains_stopped", "why", "SKV"),
        *((code, dimension, "") for code, dimension in product(MEASURES, [""])),
        *(
            (measure.code, dimension, key)
            for measure in MEASURES.values()
            for dimension in measure.by
            for key in PARTS.get(dimension, ())
        ),
    ]
    numbers = dict.fromkeys(divided, (12, 12, 12))
    counted_figures(the_site(), date(2026, 8, 1), numbers)


@pytest.mark.usefixtures("every_measure")
def test_the_dictionary_has_every_column_and_every_value_of_the_data_in_both_languages(page):
    told, by_kind = rows_of(page.get("/open-data/v1/figures.csv")), dictionary(page)
    assert list(by_kind["column"]) == list(told[0])
    values = {name: {row[name] for row in told} - {""} for name in told[0]}
    assert values["measure"] == set(by_kind["measure"]) == set(MEASURES)
    assert values["dimension"] <= set(by_kind["dimension"])
    assert {name for measure in MEASURES.values() for name in measure.by} <= set(by_kind["dimension"])
    keys = {f"{row['dimension']}={row['key']}" for row in told if row["dimension"]}
    assert keys <= set(by_kind["key"])
    assert {f"sex_age={key}" for key in SEX_AGE_KEYS} <= set(by_kind["key"])
    assert values["site"] <= set(by_kind["site"])
    for name in ("source", "suppressed"):
        said = by_kind["column"][name]["definition_en"]
        assert values[name] <= {*(word.strip(":;,.") for word in said.split()), "false"}
    assert by_kind["column"]["month"]["definition_en"] == "1 to 12; empty: the whole year."
    assert by_kind["column"]["month"]["definition_sv"] == "1 till 12; tomt: hela året."
    rows = [row for kind in by_kind.values() for row in kind.values()]
    assert all(row["name_sv"] and row["name_en"] for row in rows)


@pytest.mark.usefixtures("every_measure")
def test_names_stand_beside_codes_as_in_the_dictionary(page):
    told, by_kind = rows_of(page.get("/open-data/v1/figures.csv")), dictionary(page)
    named = {(row["dimension"], row["key"]): (row["key_name_sv"], row["key_name_en"]) for row in told}
    assert named["agency", "SKV"] == named["why", "SKV"] == ("Skatteverket", "Swedish Tax Agency")
    assert named["language", "uig"] == ("uiguriska", "Uighur")
    assert named["track", "1"] == ("spår 1", "track 1")
    for (dimension, key), names in named.items():
        row = by_kind["key"].get(f"{dimension}={key}", {"name_sv": "", "name_en": ""})
        assert names == (row["name_sv"], row["name_en"])
    assert {row["site_name"] for row in told} >= {"", "Norrköping", "Örebro"}


def test_the_catalogue_is_dcat_ap_se(page):
    answer = page.get("/open-data/v1/catalogue.jsonld")
    assert answer["Content-Type"] == "application/ld+json"
    body = answer.json()
    assert body["@type"] == "dcat:Catalog"
    assert {title["@language"] for title in body["dct:title"]} == {"sv", "en"}
    [dataset] = body["dcat:dataset"]
    for name in (
        "dct:title",
        "dct:description",
        "dct:publisher",
        "dcat:contactPoint",
        "dct:license",
        "dct:accrualPeriodicity",
        "dcat:theme",
        "dct:accessRights",
    ):
        assert dataset[name], name
    assert dataset["dct:license"] == {"@id": "http://creativecommons.org/publicdomain/zero/1.0/"}
    mandatory = {
        "dcat:Catalog": ("dct:title", "dct:description", "dct:publisher", "dct:license", "dcat:dataset"),
        "dcat:Dataset": ("dct:title", "dct:description", "dct:publisher", "dcat:distribution"),
        "dcat:Distribution": ("dcat:accessURL", "dct:license"),
        "foaf:Agent": ("foaf:name",),
        "vcard:Organization": ("vcard:fn",),
    }
    nodes = [
        body,
        dataset,
        body["dct:publisher"],
        dataset["dcat:contactPoint"],
        *dataset["dcat:distribution"],
    ]
    assert {node["@type"] for node in nodes} == set(mandatory)
    for node in nodes:
        assert all(node.get(name) for name in mandatory[node["@type"]]), node["@id"]
    medias = {
        one["dcat:mediaType"]["@id"].rpartition("media-types/")[2] for one in dataset["dcat:distribution"]
    }
    assert medias == {"text/csv", "application/json"}


def test_the_catalogues_addresses_lead_to_files(page, settings):
    settings.BASE_URL = "https://motesplats.example"
    [dataset] = page.get("/open-data/v1/catalogue.jsonld").json()["dcat:dataset"]
    asked = [one["dcat:downloadURL"]["@id"] for one in dataset["dcat:distribution"]]
    for address in [*asked, dataset["foaf:page"]["@id"], dataset["dcat:landingPage"]["@id"]]:
        assert page.get(address.removeprefix("https://motesplats.example")).status_code == 200, address


def test_a_contact_is_an_address_or_the_page():
    def contact(email: str) -> dict[str, object]:
        found = catalogue_of(base="https://x.example", publisher="Kansliet", contact=email)
        return found["dcat:dataset"][0]["dcat:contactPoint"]

    assert contact("data@x.example")["vcard:hasEmail"] == {"@id": "mailto:data@x.example"}
    assert contact("")["vcard:hasURL"] == {"@id": "https://x.example/open-data/"}


def test_the_page_is_for_everybody_in_swedish_and_english(page):
    words = words_of(page.get("/open-data/"))
    assert "The meeting places in numbers, for everybody." in words
    assert "CC0 1.0" in words
    assert "participants measure participants" in words
    words = words_of(page.get("/open-data/", headers={"accept-language": "sv"}))
    assert "Mötesplatserna i siffror, för alla." in words
    answer = page.get("/open-data/", headers={"accept-language": "ar"})
    assert 'lang="en"' in answer.text
