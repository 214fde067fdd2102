"""A newcomer's form that came without the paper code: its fields travel along until the code is typed."""

import re

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.http import urlencode

from agencies.web.typed_fields import is_longer, typed_fields

PREFIX = "kept."
MOST_FIELDS, MOST_CHARACTERS = 100, 50_000  # more than any of our forms has
ONWARD = re.compile(r"([a-z]+(?:/[0-9a-f-]+)?)(?:\?([\w.=&-]*))?", re.ASCII)
START = "consents"


def kept_fields(form: QueryDict) -> list[tuple[str, str]]:
    """Names and values of a form as hidden fields; none if it is larger than any of ours."""
    fields = [(PREFIX + name, value) for name, value in typed_fields(form)]
    return [] if len(fields) > MOST_FIELDS or is_longer(fields, MOST_CHARACTERS) else fields


def still_kept(form: QueryDict) -> list[tuple[str, str]]:
    """The hidden fields of a form that asks for the code."""
    hidden = QueryDict(mutable=True)
    for name, values in form.lists():
        if name.startswith(PREFIX):
            hidden.setlist(name.removeprefix(PREFIX), values)
    return kept_fields(hidden)


def form_of(fields: list[tuple[str, str]]) -> QueryDict:
    """The form that the hidden fields were."""
    return QueryDict(urlencode([(name.removeprefix(PREFIX), value) for name, value in fields]))


def onward_of(request: HttpRequest) -> str:
    """The path and query below the link that were asked for."""
    path = request.path.split("/", 3)[3].rstrip("/")
    query = request.GET.copy()
    query.pop("language", None)
    onward = f"{path}?{query.urlencode()}" if query else path
    return onward if ONWARD.fullmatch(onward) else path


def page_behind(token: str, onward: str) -> tuple[str, str, ResolverMatch]:
    """Address, query and view of a page behind the paper code; of the consents if `onward` is none of them."""
    found = ONWARD.fullmatch(onward)
    path, query = (found[1], found[2] or "") if found else (START, "")
    try:
        address = f"{reverse('bookings:open-link', args=[token])}/{path}"
        match = resolve(address)
    except Resolver404:
        return page_behind(token, START)
    if not getattr(match.func, "behind_paper_code", False):
        return page_behind(token, START)
    return address, query, match
