"""What a day report says in numbers: how its sums must agree, and what differs from what attendance counted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motesplats.followup.dimensions import (
    MODES,
    SEX_AGE,
    SEX_AGE_KEYS,
    TRACK_SEX_AGE,
    TRACK_SEX_AGE_KEYS,
    TRACKS,
    label_of,
)
from motesplats.followup.within_tracks import Part, added_up, is_within_tracks, tracks_of, with_tracks

MOST = 999  # of anything on one day at one site
LONGEST_NOTE, LONGEST_WHY = 500, 300
DIMENSIONS: dict[str, list[str]] = {
    SEX_AGE: SEX_AGE_KEYS,
    "track": list(TRACKS),
    "mode": list(MODES),
    TRACK_SEX_AGE: TRACK_SEX_AGE_KEYS,
}
TOTALS: dict[str, str | Promise] = {
    "parties": gettext_lazy("parties that came"),
    "no_shows": gettext_lazy("parties that did not come"),
    "referrals": gettext_lazy("referred onwards"),
}
OTHERS: dict[str, str | Promise] = {
    "interpreting": gettext_lazy("how the interpreting went"),
    "trouble": gettext_lazy("trouble"),
    "note": gettext_lazy("what happened"),
    "was_open": gettext_lazy("the site was open"),
}
# A part is a dimension and its key; of a total "" and its name.


@dataclass(frozen=True, slots=True)
class DayNumbers:
    """A day in numbers: persons by dimension and key, parties, and what else the day's staff says of it."""

    people: Mapping[Part, int] = field(default_factory=dict)
    totals: Mapping[str, int] = field(default_factory=dict)
    interpreting: int | None = None
    trouble: tuple[str, ...] = ()
    note: str = ""
    why: str = ""
    was_open: bool = True

    @property
    def is_empty(self) -> bool:
        """Whether every number is 0."""
        return not any((*self.people.values(), *self.totals.values()))

    @property
    def persons(self) -> int:
        """How many came, by sex and age."""
        return self.sum_of(SEX_AGE)

    def sum_of(self, dimension: str) -> int:
        """How many the parts of the dimension add up to."""
        return sum(self.people.get((dimension, key), 0) for key in DIMENSIONS[dimension])

    @property
    def tracks(self) -> list[str]:
        """In which of them anybody came."""
        return tracks_of(self.people)

    @property
    def is_within_tracks(self) -> bool:
        """Whether sex and age are known within each track; older reports of several tracks lack them."""
        return is_within_tracks(self.within_tracks)

    @property
    def within_tracks(self) -> dict[Part, int]:
        """The persons; where all came in one track, by sex and age within it, too."""
        return with_tracks(self.people)

    def parts(self) -> dict[Part, int]:
        """Every number, those of nobody too."""
        people = self.within_tracks
        found = {part: people.get(part, 0) for part in every_part()}
        return found | {("", name): self.totals.get(name, 0) for name in TOTALS}


def every_part() -> Iterator[Part]:
    """The dimensions and keys into which a day's persons are divided."""
    return ((dimension, key) for dimension, keys in DIMENSIONS.items() for key in keys)


def name_of(part: Part) -> str:
    """A number's name in the reader's language: "women, 18–64 years"."""
    dimension, key = part
    return label_of(dimension, key) if dimension else str((TOTALS | OTHERS)[key])


def disagreements(numbers: DayNumbers) -> dict[str, list[str]]:
    """What does not add up, by dimension or total; empty when all agrees."""
    persons, parties = numbers.persons, numbers.totals.get("parties", 0)
    found: dict[str, list[str]] = {}
    for dimension, sentence in (
        ("track", _("By track they are %(sum)s persons, by sex and age %(persons)s.")),
        ("mode", _("By place they are %(sum)s persons, by sex and age %(persons)s.")),
    ):
        if (total := numbers.sum_of(dimension)) != persons:
            found[dimension] = [sentence % {"sum": total, "persons": persons}]
    if persons and not numbers.tracks:
        found["track"] = [_("Say in which track they came.")]
    if numbers.is_within_tracks and not found and (wrong := list(_not_within(numbers))):
        found[TRACK_SEX_AGE] = wrong
    if parties > persons or (persons and not parties):
        sentence = _("%(persons)s persons cannot be %(parties)s parties.")
        found["parties"] = [sentence % {"persons": persons, "parties": parties}]
    return found


def _not_within(numbers: DayNumbers) -> Iterator[str]:
    """A sentence for each track, and for each sex and age, whose persons are others within the tracks."""
    sums = added_up({part: n for part, n in numbers.within_tracks.items() if part[0] == TRACK_SEX_AGE})
    for part in ((dimension, key) for dimension in ("track", SEX_AGE) for key in DIMENSIONS[dimension]):
        within, told = sums.get(part, 0), numbers.people.get(part, 0)
        if within != told:
            yield _("%(part)s: within the tracks they are %(sum)s persons, else %(persons)s.") % {
                "part": capfirst(name_of(part)),
                "sum": within,
                "persons": told,
            }


def differences(before: DayNumbers, after: DayNumbers) -> dict[Part, tuple[int, int]]:
    """The numbers that are not the same in both, with each; within the one track of a day they tell nothing more."""
    was, now = before.parts(), after.parts()
    of_one = len(before.tracks) < 2 and len(after.tracks) < 2
    return {
        part: (was[part], now[part])
        for part in was
        if was[part] != now[part] and not (of_one and part[0] == TRACK_SEX_AGE)
    }
