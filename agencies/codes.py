"""The codes of agencies. Which there are is data; KOM alone, every municipality's, is known to the program."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db import connection, models
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.languages import LANGUAGES

KOM = "KOM"
LONGEST_CODE = 5
CODE = r"^[A-Z]{2,5}$"
validate_code = RegexValidator(CODE.replace("$", r"\Z"), _("A code is two to five capital letters, A to Z."))

# A national agency is called by its own name; those that share a code by what their service calls them together.
KNOWN = """
    SELECT coalesce(agency.code, service.agency_code), service.id IS NOT NULL, coalesce(service.is_local, false),
           {names}
    FROM (SELECT * FROM agencies_agency WHERE municipality_id IS NULL) agency
    FULL JOIN agencies_service service ON service.agency_code = agency.code
    ORDER BY service.id, agency.id
""".format(
    names=", ".join(
        f"coalesce(nullif(service.agency_name_{language}, ''), agency.name_{language}, '')"
        for language in LANGUAGES
    )
)


@dataclass(frozen=True, slots=True)
class KnownCode:
    """What the agencies of a code are called in each language, and whether they have a service and so are met.

    `is_local`: they are met only at sites where they have a desk.
    """

    names: Mapping[str, str]
    is_met: bool
    is_local: bool

    @property
    def name(self) -> str:
        """In the reader's language, else in Swedish."""
        return self.names[get_language() or "sv"] or self.names["sv"]


_read: ContextVar[dict[str, KnownCode] | None] = ContextVar("known_codes", default=None)


@contextmanager
def codes_read_once() -> Iterator[None]:
    """Inside, the codes are read when they are first asked for, and not again."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def known_codes() -> Mapping[str, KnownCode]:
    """Every code, those with a service first; one query, in a request only the first time."""
    kept = _read.get()
    if kept:
        return kept
    with connection.cursor() as cursor:
        cursor.execute(KNOWN)
        found = {
            code: KnownCode(dict(zip(LANGUAGES, names, strict=True)), is_met, is_local)
            for code, is_met, is_local, *names in cursor.fetchall()
        }
    if kept is not None:
        kept.update(found)
    return found


def agency_name(code: str) -> str:
    """What the agency, or the agencies of this code together, are called; a code that nobody has is shown as it is."""
    known = known_codes().get(code)
    return (known and known.name) or code


def is_local(code: str) -> bool:
    """Whether the agencies of this code are met only where they have a desk."""
    known = known_codes().get(code)
    return known is None or known.is_local


def met_choices() -> list[tuple[str, str]]:
    """The codes of the agencies that have a service, each with its name."""
    return [(code, known.name or code) for code, known in known_codes().items() if known.is_met]


def all_choices() -> list[tuple[str, str]]:
    """The codes of all agencies, each with its name."""
    return [(code, known.name or code) for code, known in known_codes().items()]


class AgencyCodeField(models.CharField):  # type: ignore[type-arg]  # at run time it takes none
    """An agency's code; forms offer those that there are, in the database a constraint of the table asks for one."""

    def __init__(self, *args: Any, has_service: bool = True, **kwargs: Any) -> None:
        """`has_service`: whether only agencies that have a service are offered."""
        self.has_service = has_service
        super().__init__(*args, **{"max_length": LONGEST_CODE} | kwargs)

    def deconstruct(self) -> Any:
        """To migrations it is a text of that length."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        """A choice among the agencies."""
        offered = met_choices if self.has_service else all_choices
        return forms.ChoiceField(
            choices=lambda: [("", "---------"), *offered()],
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            error_messages={"invalid_choice": _("There is no agency %(value)s.")},
            initial=kwargs.get("initial", ""),
        )
