"""Texts as a file for a translator, and back again: XLIFF 1.2 or PO, Swedish beside one language."""

import codecs
import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, SubElement, fromstring, tostring

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po
from django.utils.translation import gettext as _

from agencies.languages import LANGUAGES
from bookings.texts.overview import PlaceRow

XLIFF = "urn:oasis:names:tc:xliff:document:1.2"
PO, XLF = "po", "xlf"


@dataclass(frozen=True, slots=True)
class Unit:
    """One text in a file: its place, what the Swedish text was, the translation."""

    key: str
    source: str
    target: str
    note: str = ""
    language: str = ""  # of the translation as the file names it; empty if it does not


class FileNotRead(Exception):
    """The file is neither; its text says why."""


def units_of(rows: Iterable[PlaceRow], language: str) -> Iterator[Unit]:
    """What a translator gets: each place that has a Swedish text."""
    for row in rows:
        if swedish := row.texts.get("sv"):
            found = row.texts.get(language)
            note = " · ".join(filter(None, (row.name, row.whom)))
            yield Unit(key_of(row), swedish.text, found.text if found else "", note)


def key_of(row: PlaceRow) -> str:
    """The place in a few letters that a file keeps, whatever happens to rows of the database."""
    place = row.place
    told = (place.slot, row.entry, place.track or "", place.municipality or "", place.condition)
    return ".".join(map(str, told)) + "." + hashlib.sha256(repr(place).encode()).hexdigest()[:8]


def to_po(units: Iterable[Unit], language: str) -> bytes:
    """The texts as a PO file: the place is the context, the Swedish text the message."""
    catalogue = Catalog(locale=LANGUAGES[language].babel, fuzzy=False)
    for unit in units:
        catalogue.add(unit.source, unit.target, context=unit.key, auto_comments=[unit.note])
    out = io.BytesIO()
    write_po(out, catalogue, width=0)
    return out.getvalue()


def to_xliff(units: Iterable[Unit], language: str) -> bytes:
    """The texts as an XLIFF 1.2 file."""
    root = Element("xliff", {"version": "1.2", "xmlns": XLIFF})
    languages = {"source-language": "sv", "target-language": LANGUAGES[language].html_lang}
    file = SubElement(root, "file", {"original": "motesplats", "datatype": "plaintext", **languages})
    body = SubElement(file, "body")
    for unit in units:
        element = SubElement(body, "trans-unit", {"id": unit.key})
        SubElement(element, "source").text = unit.source
        SubElement(element, "target").text = unit.target
        SubElement(element, "note").text = unit.note
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def read_file(content: bytes) -> list[Unit]:
    """The units of a PO or XLIFF file. Raises FileNotRead, also for entities and document types."""
    return (
        _read_xliff(content) if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else _read_po(content)
    )


def _read_xliff(content: bytes) -> list[Unit]:
    try:
        text = content.decode("utf-8-sig")
        if "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper():
            raise FileNotRead(
                _("The file declares a document type or entities, which a translation needs not.")
            )
        root = fromstring(text.partition("?>")[2] if text.startswith("<?xml") else text)  # noqa: S314  no DTD
    except (ParseError, UnicodeDecodeError) as error:
        raise FileNotRead(_("The file is no XLIFF that can be read.")) from error
    return list(_units_in(root))


def _units_in(root: Element) -> Iterator[Unit]:
    """Each unit with the language of the file element in which it stands."""
    language = ""
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        if name == "file":
            language = element.get("target-language", "")
        elif name == "trans-unit":
            source, target = _child(element, "source"), _child(element, "target")
            yield Unit(element.get("id", ""), source, target, language=language)


def _child(element: Element, name: str) -> str:
    found = (child for child in element if child.tag.rpartition("}")[2] == name)
    return next(("".join(child.itertext()) for child in found), "")


def _read_po(content: bytes) -> list[Unit]:
    try:
        catalogue = read_po(io.BytesIO(content.removeprefix(codecs.BOM_UTF8)), abort_invalid=True)
    except (PoFileError, LookupError, ValueError) as error:  # an encoding that there is not is a LookupError
        raise FileNotRead(_("The file is no PO file that can be read.")) from error
    return [
        Unit(
            message.context or "",
            str(message.id),
            message.string if isinstance(message.string, str) else "",
            language=str(catalogue.locale_identifier or ""),
        )
        for message in catalogue
        if message.id
    ]
