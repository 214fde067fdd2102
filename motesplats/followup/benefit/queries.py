"""Reads of saved calculations, and the assumptions that an address asks for."""

from collections.abc import Mapping
from re import fullmatch

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from agencies.web.converters import REFERENCE
from motesplats.followup.benefit.presets import PRESETS
from motesplats.models import Calculation


def saved_calculations() -> QuerySet[Calculation]:
    """With who made each, the latest first."""
    return Calculation.objects.select_related("made_by")


def saved_data(calculation: Calculation) -> dict[str, str]:
    """Its assumptions by the names of the form's fields."""
    kept: dict[str, str] = calculation.assumptions
    return kept | {"title": calculation.name}


def data_named(code: str) -> dict[str, str]:
    """The assumptions of a preset, or of the saved calculation with that reference; raises Http404."""
    if preset := PRESETS.get(code):
        return preset.data()
    return saved_data(get_object_or_404(Calculation, reference=_reference(code)))


def _reference(code: str) -> str:
    """The code, if a reference is written so; raises Http404."""
    if not fullmatch(REFERENCE, code):
        raise Http404
    return code


def data_asked(query: Mapping[str, str]) -> dict[str, str]:
    """The assumptions in an address, or those of the one preset or saved calculation that it names."""
    if named := query.get("of"):
        return data_named(named)
    return dict(query.items())


def data_of_each(codes: list[str]) -> list[tuple[str, dict[str, str]]]:
    """Of presets and saved calculations, in this order, each once; one query. Raises Http404 if one is missing."""
    named = [code for code in codes if code not in PRESETS]
    found = Calculation.objects.filter(reference__in=map(_reference, named)) if named else ()
    saved = {one.reference: saved_data(one) for one in found}
    known = {code: preset.data() for code, preset in PRESETS.items()} | saved
    wanted = list(dict.fromkeys(codes))
    if not set(wanted) <= set(known):
        raise Http404
    return [(code, known[code]) for code in wanted]
