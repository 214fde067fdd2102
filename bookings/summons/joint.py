"""A stop at which several agencies meet the party at once, made of what the letter says of each."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from django.utils.translation import gettext as _

from bookings.summons.letter import LetterStop, StopLanguages, StopSounds, Wording


def joint_stop(each: Sequence[LetterStop], *, names: tuple[str, ...]) -> LetterStop:
    """One stop for all: their agencies, what they are about, whoever must come to any of them (`names`)."""
    first = each[0]
    if len(each) == 1:
        return first
    kinds = {one.who for one in each}
    who = next((kind for kind in ("everyone", "concerned", "adults") if kind in kinds), first.who)
    said = _(
        "They meet you at the same time, in the same room. What you tell one of them, the others hear too."
    )
    return replace(
        first,
        name=Wording(_listed(one.name.text for one in each), _listed(one.name.sv for one in each)),
        about=" ".join([said, *(one.about for one in each)]),
        sheet=" ".join(one.sheet for one in each),
        sounds=StopSounds(
            *(tuple(chain.from_iterable(keys)) for keys in zip(*map(_sounds, each), strict=True))
        ),
        after=" ".join(filter(None, (one.after for one in each))),
        languages=StopLanguages(
            sheet=_shared(one.languages.sheet for one in each),
            after=_shared(one.languages.after for one in each if one.after),
        ),
        who=who,
        names=names if who == "concerned" else (),
        persons=max(len(names), *(one.persons for one in each)),
    )


def _sounds(stop: LetterStop) -> tuple[tuple[int, ...], ...]:
    return stop.sounds.about, stop.sounds.sheet, stop.sounds.after


def _shared(languages: Iterable[str]) -> str:
    """The language of all, or "" where they differ."""
    found = set(languages)
    return found.pop() if len(found) == 1 else ""


def _listed(names: Iterable[str]) -> str:
    return " + ".join(names)
