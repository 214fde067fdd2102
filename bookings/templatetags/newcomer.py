"""The languages of the newcomer's pages."""

from django import template

from agencies.languages import LANGUAGES, Language, understood

register = template.Library()


@register.simple_tag
def languages_from(first: str) -> list[Language]:
    """All languages, the one of this tag first."""
    code = understood(first)
    return sorted(LANGUAGES.values(), key=lambda language: language.code != code)
