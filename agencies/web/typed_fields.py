"""The fields of a posted form, for pages that give them back to be sent again."""

from django.http import QueryDict


def typed_fields(form: QueryDict) -> list[tuple[str, str]]:
    """Names and values in their order, without the token that belongs to the page."""
    return [
        (name, str(value))
        for name, values in form.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]


def is_longer(fields: list[tuple[str, str]], most: int) -> bool:
    """Whether names and values are more than so many characters."""
    return sum(len(name) + len(value) for name, value in fields) > most
