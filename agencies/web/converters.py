"""URL path converters for every app."""

from django.urls import register_converter

REFERENCE = "[0-9A-Z]{3}-[0-9A-Z]{3}"
# For `re_path` in the API: the OpenAPI document then shows the pattern.
REFERENCE_GROUP = f"(?P<reference>{REFERENCE})"


class ReferenceConverter:
    """A party's or a chain's reference, such as `CFD-K7R`."""

    regex = REFERENCE

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


register_converter(ReferenceConverter, "reference")
