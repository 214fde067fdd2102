"""A hint's change of the search: as a button's value, and as the fields of the forms."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from agencies.models import Site

FIELDS = {
    "from": "first",
    "to": "to",
    "site": "site",
    "without": "without",
    "caseworker_sex": "caseworker_sex",
}  # of the forms, by the names of the API


def as_value(change: Mapping[str, Any]) -> str:
    """The change as a button sends it."""
    plain = {name: " ".join(value) if isinstance(value, list) else value for name, value in change.items()}
    return urlencode(plain)


def changed_fields(value: str) -> dict[str, str]:
    """The fields of a form and their new values; what is not known is left out."""
    fields = {FIELDS[name]: told for name, told in parse_qsl(value, keep_blank_values=True) if name in FIELDS}
    if code := fields.get("site"):
        site = Site.objects.filter(code=code).first()
        fields["site"] = str(site.pk) if site else ""
    return fields
