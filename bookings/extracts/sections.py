"""Sections of an extract: model rows as records of fields, for a JSON file and for reading."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from unicodedata import bidirectional

from django.db.models import Field, Model
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.languages import LANGUAGES
from agencies.spoken import spoken_name

# What staff call an agency is an office to whoever reads about themselves.
LABELS: dict[str, Any] = {
    "agency": gettext_lazy("office"),
    "disclosure.agency": gettext_lazy("office that saw it"),
    "discloser": gettext_lazy("office that showed it"),
    "recipient": gettext_lazy("office that saw it"),
}


@dataclass(frozen=True, slots=True)
class ExtractField:
    """One field of a record: its name and value for the JSON file, and its label and text for reading."""

    key: str
    value: Any
    label: str
    shown: str

    @property
    def dir(self) -> str:
        """`rtl` if the first letter of the text is Arabic or Hebrew, else `ltr`."""
        strong = next((kind for kind in map(bidirectional, self.shown) if kind in {"L", "R", "AL"}), "L")
        return "ltr" if strong == "L" else "rtl"


@dataclass(frozen=True, slots=True)
class Section:
    """Records of one kind; empty fields are left out."""

    key: str
    title: str
    records: Sequence[Sequence[ExtractField]]

    def as_data(self) -> list[dict[str, Any]]:
        """The records for the JSON file."""
        return [{field.key: field.value for field in record} for record in self.records]


def section(key: str, title: str, rows: Iterable[Model], fields: str) -> Section:
    """A section of rows; `fields` are names separated by blanks, labels come from the model."""
    return Section(
        key,
        title,
        [list(filter(None, (_extract_field(row, name) for name in fields.split()))) for row in rows],
    )


def _extract_field(row: Model, name: str) -> ExtractField | None:
    """A field of the row, unless it is empty."""
    field, value = row._meta.get_field(name), getattr(row, name)
    assert isinstance(field, Field)
    if value in {None, ""}:
        return None
    if isinstance(value, Model):
        value = str(value)
    if isinstance(value, datetime):
        value = local(value)
    return ExtractField(name, value, capfirst(_label(field, name)), _shown(field, value))


def _label(field: "Field[Any, Any]", name: str) -> str:
    of_model = LABELS.get(f"{field.model._meta.model_name}.{name}")
    return str(of_model or LABELS.get(name) or field.verbose_name)


def _shown(field: "Field[Any, Any]", value: Any) -> str:
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if field.name in ("language", "letter_language"):
        return LANGUAGES[value].endonym
    if field.name == "interpreter_language":
        return spoken_name(value, str(get_language()))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else str(value)
