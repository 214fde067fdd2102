"""Converters of addresses that every app's urls may use."""

from django.urls import register_converter

REFERENCE = "[0-9A-Z]{3}-[0-9A-Z]{3}"
REFERENCE_GROUP = (
    f"(?P<reference>{REFERENCE})"  # for `re_path`, which puts the pattern into the OpenAPI document
)


class ReferenceConverter:
    """A party's or a chain's reference, such as `CFD-K7R`."""

    regex = REFERENCE

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


register_converter(ReferenceConverter, "reference")
