"""The languages that interpreters interpret: ISO 639-3 with its macrolanguages and sign languages, by code and name.

Codes and English names are those of the registration authority (SIL, iso639-3.sil.org), which the package
python-iso639 brings: the list is not ours to hand on, so none of it lies here. `data/common_languages.csv` has our own
Swedish names, and the own names, of those that are asked for most; other names are CLDR's.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from babel import Locale

from agencies.languages import LANGUAGES

COMMON = Path(__file__).parent / "data" / "common_languages.csv"
PACKAGE = "python-iso639"  # its modules would take eight times the memory of the two tables that are read
CODES, MACROLANGUAGES = "iso639/_data/iso-639-3.tab", "iso639/_data/iso-639-3-macrolanguages.tab"
NO_LANGUAGES = "S"  # the scope of codes for "undetermined" and the like
OF_LETTERS = {"sv": "swe", "en": "eng", "ar": "ara", "prs": "prs", "so": "som", "ti": "tir"}
WITHOUT_INTERPRETER = frozenset({"sv", "en"})  # every caseworker speaks these
NEED_NO_INTERPRETER = frozenset(OF_LETTERS[letter] for letter in WITHOUT_INTERPRETER)
MOST_FOUND = 30
SHORTEST_PART = 3  # characters of a name that is looked for within names
# Names that CLDR has not, of languages whose speakers read letters in these.
OURS = {
    ("swl", "ar"): "لغة الإشارة السويدية",
    ("swl", "prs"): "زبان اشارهٔ سویدنی",
    ("swl", "so"): "luqadda dhegoolaha ee Iswiidhishka",
    ("swl", "ti"): "ቋንቋ ምልክት ሽወደን",
    ("kmr", "ar"): "الكردية الكرمانجية",
    ("kmr", "prs"): "کردی کرمانجی",
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language by its ISO 639-3 code; `part1` and `macrolanguage` are codes or empty, as are unknown names."""

    code: str
    part1: str
    macrolanguage: str
    is_common: bool
    sv: str
    en: str
    endonym: str

    @property
    def is_signed(self) -> bool:
        return self.en.endswith(("Sign Language", " Sign"))

    @property
    def names(self) -> tuple[str, ...]:
        """Swedish, English and its own name, without those that are not known."""
        return tuple(dict.fromkeys(filter(None, (self.sv, self.en, self.endonym))))

    @property
    def label(self) -> str:
        """How a list of choices writes it: "kurmanji (nordkurdiska) / Northern Kurdish / kurmancî (kmr)"."""
        return f"{' / '.join(self.names)} ({self.code})"

    def name(self, language: str) -> str:
        """The name in one of our six languages, else its own name, else the English one."""
        known = {"sv": self.sv, "en": self.en}.get(language) or self._in(language)
        return known or self.endonym or self.en

    def _in(self, language: str) -> str:
        if self.code == OF_LETTERS.get(language) or self.code == "prs":
            return self.endonym
        if ours := OURS.get((self.code, language)):
            return ours
        return _in_cldr(language, code=self.code, part1=self.part1)


@dataclass(frozen=True, slots=True)
class Registry:
    """All languages by code, the common ones first; by each name in lower case; and by what stands before a bracket."""

    by_code: Mapping[str, Spoken]
    by_name: Mapping[str, tuple[Spoken, ...]]
    by_short_name: Mapping[str, tuple[Spoken, ...]]
    within: Mapping[str, tuple[str, ...]]  # the codes of a macrolanguage's languages, by its own


@cache
def registry() -> Registry:
    """Read once for each process: some 3 MB, and a tenth of a second."""
    by_code = {one.code: one for one in _read()}
    by_name: dict[str, tuple[Spoken, ...]] = {}
    by_short_name: dict[str, tuple[Spoken, ...]] = {}
    within: dict[str, tuple[str, ...]] = {}
    for one in by_code.values():
        for name in {name.casefold() for name in one.names}:
            by_name[name] = (*by_name.get(name, ()), one)
            short = name.partition(" (")[0]
            if short != name:
                by_short_name[short] = (*by_short_name.get(short, ()), one)
        if one.macrolanguage:
            within[one.macrolanguage] = (*within.get(one.macrolanguage, ()), one.code)
    return Registry(by_code, by_name, by_short_name, within)


def _read() -> Iterator[Spoken]:
    rows = {row["Id"]: row for row in _table(CODES) if row["Scope"] != NO_LANGUAGES}
    above = {row["I_Id"]: row["M_Id"] for row in _table(MACROLANGUAGES) if row["I_Status"] == "A"}
    with COMMON.open(encoding="utf-8", newline="") as file:
        ours = {row["code"]: row for row in csv.DictReader(file)}
    for code in dict.fromkeys([*ours, *rows]):
        row, own = rows[code], ours.get(code, {})
        yield Spoken(
            code=code,
            part1=row["Part1"],
            macrolanguage=above.get(code, ""),
            is_common=code in ours,
            sv=own.get("sv") or _in_cldr("sv", code=code, part1=row["Part1"]),
            en=row["Ref_Name"],
            endonym=own.get("endonym", ""),
        )


def _table(path: str) -> Iterator[dict[str, str]]:
    """The rows of a table of the package, which is not imported."""
    text = Path(str(distribution(PACKAGE).locate_file(path))).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines(), delimiter="\t")


def _in_cldr(language: str, *, code: str, part1: str) -> str:
    """The language's name in one of our six languages, empty where CLDR has none."""
    names = Locale.parse(LANGUAGES[language].babel).languages
    return str(names.get(part1) or names.get(code) or "")


def spoken_languages() -> Mapping[str, Spoken]:
    """All languages by code, the common ones first."""
    return registry().by_code


def common_languages() -> list[Spoken]:
    """Those that are asked for most."""
    return [one for one in spoken_languages().values() if one.is_common]


def of_letter(language: str) -> str:
    """The ISO 639-3 code of a letter's language; any other code as it is."""
    return OF_LETTERS.get(language, language)


def spoken_name(code: str, language: str) -> str:
    """The name of the language with this code, in one of our six; an unknown code as it is."""
    found = spoken_languages().get(code)
    return found.name(language) if found else code


def spoken_label(code: str) -> str:
    """As `Spoken.label`; an unknown code as it is."""
    found = spoken_languages().get(code)
    return found.label if found else code


def is_signed(code: str) -> bool:
    """Whether the code is a sign language's; an unknown one is none's."""
    found = spoken_languages().get(code)
    return bool(found and found.is_signed)


def interpreted_as(code: str) -> list[str]:
    """The codes that serve whoever asks for this one, itself first, then its macrolanguage or that one's languages.

    Two languages of one macrolanguage do not serve each other: who speaks Kurmanji need not understand Sorani.
    """
    asked = spoken_languages().get(code)
    others = [asked.macrolanguage] if asked and asked.macrolanguage else []
    return [code, *others, *registry().within.get(code, ())]


def find_spoken(typed: str) -> list[Spoken]:
    """The languages with this code or name, else those in whose name it stands; the common ones first, at most 30.

    `typed` may be as `Spoken.label` has it. A word that is the code of one and the name of another finds both.
    """
    words, all_of_them = " ".join(typed.split()).casefold(), registry()
    if words.endswith(")") and (labelled := all_of_them.by_code.get(words.rpartition("(")[2][:-1])):
        return [labelled]
    coded = [one for one in all_of_them.by_code.values() if words in (one.code, one.part1)] if words else []
    if named := all_of_them.by_name.get(words) or all_of_them.by_short_name.get(words):
        return list(dict.fromkeys([*coded, *_preferred(named)]))[:MOST_FOUND]
    if coded or len(words) < SHORTEST_PART:
        return coded
    within = (found for name, found in all_of_them.by_name.items() if words in name)
    return list(dict.fromkeys(one for found in within for one in found))[:MOST_FOUND]


def _preferred(found: tuple[Spoken, ...]) -> list[Spoken]:
    """Only the common ones of those with the same name, if there are any; two that are common remain two."""
    return [one for one in found if one.is_common] or list(found)
