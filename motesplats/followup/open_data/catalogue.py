"""The catalogue in DCAT-AP-SE 3, as JSON-LD; without the database."""

from typing import Any

from motesplats.followup.open_data.columns import VERSION

LICENCE = "http://creativecommons.org/publicdomain/zero/1.0/"
EU = "http://publications.europa.eu/resource/authority"
MEDIA = "http://www.iana.org/assignments/media-types"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "owl": "http://www.w3.org/2002/07/owl#",
}
Node = dict[str, Any]


def catalogue_of(*, base: str, publisher: str, contact: str) -> Node:
    """The catalogue at the address `base` (without a slash at its end); `contact`: an e-mail address, or none."""
    place = f"{base}/open-data"
    agent = {"@id": f"{place}/#publisher", "@type": "foaf:Agent", "foaf:name": publisher}
    return {
        "@context": CONTEXT,
        "@id": f"{place}/v{VERSION}/catalogue.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": _both("Mötesplatser: öppna data", "Mötesplatser: open data"),
        "dct:description": _both(
            "Statistik om mötesplatser för nyanlända, utan personuppgifter.",
            "Statistics on meeting places for newcomers, without personal data.",
        ),
        "dct:publisher": agent,
        "dct:license": _at(LICENCE),
        "dct:language": [_at(f"{EU}/language/SWE"), _at(f"{EU}/language/ENG")],
        "foaf:homepage": _at(f"{place}/"),
        "dcat:themeTaxonomy": _at(f"{EU}/data-theme"),
        "dcat:dataset": [_figures(place, agent["@id"], publisher, contact)],
    }


def _figures(place: str, agent: str, publisher: str, contact: str) -> Node:
    files = f"{place}/v{VERSION}"
    return {
        "@id": f"{files}/#figures",
        "@type": "dcat:Dataset",
        "dct:identifier": f"{files}/#figures",
        "dct:title": _both("Mötesplatsernas siffror", "Figures of the meeting places"),
        "dct:description": _both(
            "Deltagare, sällskap och andra mått per år, månad, mötesplats, kön, ålder, spår och läge. "
            "Tal bakom vilka färre än sex personer står är dolda.",
            "Participants, parties and other measures by year, month, site, sex, age, track and mode. "
            "Numbers behind which fewer than six persons stand are hidden.",
        ),
        "dct:publisher": _at(agent),
        "dcat:contactPoint": _contact(place, publisher, contact),
        "dct:license": _at(LICENCE),
        "dct:accessRights": _at(f"{EU}/access-right/PUBLIC"),
        "dct:accrualPeriodicity": _at(f"{EU}/frequency/UPDATE_CONT"),
        "dct:spatial": _at(f"{EU}/country/SWE"),
        "dct:language": [_at(f"{EU}/language/SWE"), _at(f"{EU}/language/ENG")],
        "dcat:theme": [_at(f"{EU}/data-theme/SOCI"), _at(f"{EU}/data-theme/GOVE")],
        "dcat:keyword": [*_both("nyanlända", "newcomers"), *_both("etablering", "establishment")],
        "owl:versionInfo": VERSION,
        "dcat:landingPage": _at(f"{place}/"),
        "foaf:page": _at(f"{files}/dictionary.csv"),
        "dcat:distribution": [
            _distribution(files, "figures.csv", "text/csv", "CSV"),
            _distribution(files, "figures.json", "application/json", "JSON"),
        ],
    }


def _distribution(files: str, name: str, media: str, kind: str) -> Node:
    return {
        "@id": f"{files}/{name}",
        "@type": "dcat:Distribution",
        "dct:title": _both(f"Siffrorna som {kind}", f"The figures as {kind}"),
        "dcat:accessURL": _at(f"{files}/{name}"),
        "dcat:downloadURL": _at(f"{files}/{name}"),
        "dcat:mediaType": _at(f"{MEDIA}/{media}"),
        "dct:format": _at(f"{EU}/file-type/{kind}"),
        "dct:license": _at(LICENCE),
        "dct:conformsTo": _at(f"{files}/dictionary.csv"),
    }


def _contact(place: str, publisher: str, contact: str) -> Node:
    found: Node = {"@id": f"{place}/#contact", "@type": "vcard:Organization", "vcard:fn": publisher}
    return found | (
        {"vcard:hasEmail": _at(f"mailto:{contact}")} if contact else {"vcard:hasURL": _at(f"{place}/")}
    )


def _both(swedish: str, english: str) -> list[Node]:
    return [{"@language": "sv", "@value": swedish}, {"@language": "en", "@value": english}]


def _at(address: str) -> Node:
    return {"@id": address}
