"""Every address of the URL configuration with what is known filled in, and all that an answer tells."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import product
from typing import Any

from django.http import HttpResponse
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from pypdf import PdfReader


def patterns(resolver: URLResolver | None = None, route: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address's route and pattern."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, here)
        else:
            yield here, pattern


def parameters(pattern: URLPattern) -> list[str]:
    """What an address asks to be filled in."""
    return sorted({*pattern.pattern.converters, *pattern.pattern.regex.groupindex})


def addresses(pattern: URLPattern, known: Mapping[str, Sequence[Any]]) -> Iterator[str]:
    """The pattern's addresses with every known value."""
    names = parameters(pattern)
    for values in product(*(known[name] for name in names)):
        try:
            yield reverse(pattern.name or pattern.callback, kwargs=dict(zip(names, values, strict=True)))
        except NoReverseMatch:
            yield reverse(pattern.callback, kwargs=dict(zip(names, values, strict=True)))


def said(response: HttpResponse) -> str:
    """All that an answer tells: its headers and its text, a PDF's included."""
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return f"{headers}\n{text_of(response)}"


def text_of(response: HttpResponse) -> str:
    body = response.getvalue() if response.streaming else response.content
    if not body.startswith(b"%PDF"):
        return body.decode(errors="replace")
    reader = PdfReader(BytesIO(body))
    pages = "\n".join(page.extract_text() for page in reader.pages)
    return f"{reader.metadata}\n{pages}"
