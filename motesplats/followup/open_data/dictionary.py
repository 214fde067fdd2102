"""What each column, measure, dimension, key and site of the open data means, in Swedish and English."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from agencies.codes import known_codes
from agencies.languages import LANGUAGES
from agencies.models import Site
from motesplats.followup.dimensions import PARTS, SEX_AGE, TOGETHER, TRACK_AGE, TRACK_SEX, TRACK_SEX_AGE
from motesplats.followup.measures import MEASURES
from motesplats.followup.open_data.queries import parts_told
from motesplats.followup.part_names import part_name

DICTIONARY_COLUMNS = (
    "kind",
    "code",
    "name_sv",
    "name_en",
    "definition_sv",
    "definition_en",
    "value_type",
    "unit_sv",
    "unit_en",
)


KINDS = {
    "column": _("column"),
    "measure": _("measure"),
    "dimension": _("dimension"),
    "key": _("part"),
    "site": _("site"),
}


@dataclass(frozen=True, slots=True)
class DictionaryEntry:
    """A column, measure, dimension, key or site; `name`, `definition` and `unit` are lazy, in the reader's language."""

    kind: str
    code: str
    name: Any
    definition: Any = ""
    value_type: str = ""
    unit: Any = ""

    @property
    def kind_label(self) -> str:
        return str(KINDS[self.kind])

    def cells(self) -> list[str]:
        """By DICTIONARY_COLUMNS."""
        name_sv, definition_sv, unit_sv = self._in("sv")
        name_en, definition_en, unit_en = self._in("en")
        words = [name_sv, name_en, definition_sv, definition_en]
        return [self.kind, self.code, *words, self.value_type, unit_sv, unit_en]

    def _in(self, language: str) -> tuple[str, str, str]:
        with override(language):
            return str(self.name), str(self.definition), str(self.unit)


FIELDS = [
    DictionaryEntry("column", "measure", _("measure"), _("The code of what is measured."), "text"),
    DictionaryEntry("column", "year", _("year"), _("The calendar year."), "integer"),
    DictionaryEntry("column", "month", _("month"), _("1 to 12; empty: the whole year."), "integer"),
    DictionaryEntry("column", "site", _("site"), _("The site's code; empty: all sites."), "text"),
    DictionaryEntry(
        "column", "dimension", _("divided by"), _("By what it is divided; empty: not divided."), "text"
    ),
    DictionaryEntry(
        "column", "key", _("part"), _("Which part of the dimension; empty: not divided."), "text"
    ),
    DictionaryEntry(
        "column",
        "value",
        _("value"),
        _("With a decimal point; a share is a part of 1. Empty: hidden, or nothing to tell."),
        "number",
    ),
    DictionaryEntry(
        "column",
        "suppressed",
        _("hidden"),
        _("true: fewer than six persons stand behind it, or it would give away one that is hidden."),
        "boolean",
    ),
    DictionaryEntry(
        "column",
        "source",
        _("source"),
        _("counted: from attendance; reported: typed by a site, in part at least."),
        "text",
    ),
    DictionaryEntry("column", "site_name", _("site's name"), _("What the site is called."), "text"),
    DictionaryEntry(
        "column", "key_name_sv", _("part's name in Swedish"), _("What the key is called in Swedish."), "text"
    ),
    DictionaryEntry(
        "column", "key_name_en", _("part's name in English"), _("What the key is called in English."), "text"
    ),
]
DIMENSIONS = {
    "sex": _("sex"),
    "age": _("age"),
    SEX_AGE: _("sex and age"),
    TRACK_SEX: _("track and sex"),
    TRACK_AGE: _("track and age"),
    TRACK_SEX_AGE: _("track, sex and age"),
    "track": _("track"),
    "mode": _("where or how people came"),
    "agency": _("agency"),
    "language": _("language"),
    "notice": _("how long before the day it was booked"),
    "reminder": _("whether the party was reminded"),
    "why": _("where a chain stops"),
}
# Their keys are codes of agencies and languages: those there are, and all of which anything is published.
CODED = ("agency", "language", "why")


def entries() -> Iterator[DictionaryEntry]:
    """The whole dictionary, in order."""
    yield from FIELDS
    for measure in MEASURES.values():
        yield DictionaryEntry(
            "measure", measure.code, measure.name, measure.definition, measure.kind, measure.unit
        )
    for code, name in DIMENSIONS.items():
        yield DictionaryEntry("dimension", code, name)
    for dimension, key in dict.fromkeys([*_known_parts(), *parts_told(CODED)]):
        yield DictionaryEntry("key", f"{dimension}={key}", _PartName(dimension, key))
    for site in Site.objects.all():
        yield DictionaryEntry("site", site.code, site.name)


def _known_parts() -> Iterator[tuple[str, str]]:
    """The parts that may be told, each as its dimension and key."""
    codes = list(known_codes())
    coded = {"agency": codes, "language": list(LANGUAGES), "why": [*PARTS["why"], *codes]}
    for dimension in DIMENSIONS:
        if names := TOGETHER.get(dimension):
            keys = list(map("|".join, product(*(PARTS[name] for name in names))))
        else:
            keys = coded.get(dimension) or list(PARTS[dimension])
        yield from ((dimension, key) for key in keys)


class _PartName:
    """A part's name, in the language in which it is read."""

    def __init__(self, dimension: str, key: str) -> None:
        self.dimension, self.key = dimension, key

    def __str__(self) -> str:
        return part_name(self.dimension, self.key)
