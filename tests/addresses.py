"""Every address of the URL configuration, filled in with what is known; and all the text of an answer."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import product
from typing import Any

from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver
from pypdf import PdfReader

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
ANCHORS = re.compile(r"[\^$\\]")


@dataclass(frozen=True)
class Address:
    """One address, such as `/parties/<reference>/`."""

    template: str
    pattern: URLPattern

    @property
    def names(self) -> list[str]:
        """The parameters that are filled in."""
        return re.findall(r"<(\w+)>", self.template)

    def filled(self, known: Mapping[str, Sequence[Any]]) -> Iterator[str]:
        """The address with every combination of the known values."""
        for values in product(*(known[name] for name in self.names)):
            yield self._filled_with(values)

    def _filled_with(self, values: Sequence[Any]) -> str:
        parts = iter(values)
        return re.sub(r"<\w+>", lambda _name: str(next(parts)), self.template)


def addresses(
    patterns: Iterable[URLPattern | URLResolver] | None = None, before: str = "/"
) -> Iterator[Address]:
    """Every address below these patterns; without them, of the whole configuration."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = PARAMETER.sub(lambda found: f"<{found[1] or found[2]}>", str(pattern.pattern))
        template = before + ANCHORS.sub("", route)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, template)
        else:
            yield Address(template, pattern)


def said(response: HttpResponseBase) -> str:
    """All that an answer tells: its headers and its text, a PDF's included."""
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return f"{headers}\n{text_of(response)}"


def text_of(response: HttpResponseBase) -> str:
    body = response.getvalue()
    if not body.startswith(b"%PDF"):
        return body.decode(errors="replace")
    reader = PdfReader(BytesIO(body))
    pages = "\n".join(page.extract_text() for page in reader.pages)
    return f"{reader.metadata}\n{pages}"
