"""Into which parts figures are divided, and beside which other part a small one is hidden; without the database."""

from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

SEXES = {"F": _("women"), "M": _("men"), "U": _("not stated")}
AGES = {"0-17": _("0–17 years"), "18-64": _("18–64 years"), "65+": _("65 years and older")}
TRACKS = {"1": _("track 1"), "2": _("track 2"), "3": _("track 3")}
MODES = {
    "main": _("main place"),
    "branch": _("branch"),
    "mobile": _("mobile team"),
    "remote": _("at a distance"),
}
NOTICE = {
    "week": _("under 7 days' notice"),
    "fortnight": _("7 to 13 days' notice"),
    "month": _("14 to 27 days' notice"),
    "longer": _("28 days' notice or more"),
}
REMINDED = {"yes": _("reminded"), "no": _("not reminded")}
# Where a party's day stops; an agency that had no desk there is known by its code.
WHY = {
    "interpreter": _("no interpreter"),
    "no_show": _("the party did not come"),
    "own_wish": _("the party needed another time"),
    "premises": _("the place or the staff"),
    "no_day": _("there was no day yet"),
}

# The parts of each dimension; agencies and languages are known by their codes.
PARTS = {
    "sex": SEXES,
    "age": AGES,
    "track": TRACKS,
    "mode": MODES,
    "notice": NOTICE,
    "reminder": REMINDED,
    "why": WHY,
}
# Dimensions of several others together; their parts are those of each with a bar between: "1|F|0-17".
SEX_AGE, TRACK_SEX, TRACK_AGE, TRACK_SEX_AGE = "sex_age", "track_sex", "track_age", "track_sex_age"
TOGETHER = {
    SEX_AGE: ("sex", "age"),
    TRACK_SEX: ("track", "sex"),
    TRACK_AGE: ("track", "age"),
    TRACK_SEX_AGE: ("track", "sex", "age"),
}
# Those in which there is a track: older day reports of several tracks do not count by them.
WITHIN_TRACK = (TRACK_SEX, TRACK_AGE, TRACK_SEX_AGE)
SEX_AGE_KEYS = [f"{sex}|{age}" for sex in SEXES for age in AGES]
TRACK_SEX_AGE_KEYS = [f"{track}|{key}" for track in TRACKS for key in SEX_AGE_KEYS]
# The largest parts of each: a small part is hidden together with the first, the first with the second. An agency is
# also hidden together with another one: whoever works for one of the two knows its numbers.
LARGEST: Mapping[str, Sequence[str]] = {
    "sex": ("M", "F"),
    "age": ("18-64", "0-17"),
    "track": ("1", "2"),
    "mode": ("main", "branch"),
    "agency": ("MIG", "SKV", "AF", "FK", "PM", "KOM"),
    "language": ("ar", "ti"),
    "notice": ("fortnight", "month"),
    "reminder": ("yes", "no"),
    "why": ("no_show", "own_wish"),
}


def beside(dimension: str, key: str) -> str:
    """The part that is hidden together with this one, where it is not known in which parts there is anybody."""
    return next(iter(others_beside(dimension, key)))


def others_beside(dimension: str, key: str, further: Collection[str] = ()) -> list[str]:
    """The parts that may be hidden together with this one, in their order; `further`: parts that occur."""
    known = dict.fromkeys([*LARGEST[dimension], *PARTS.get(dimension, ()), *sorted(further)])
    return [part for part in known if part != key]


def parts_of(dimension: str, key: str) -> dict[str, str]:
    """The part by its dimensions: that of both sex and age has two, the whole has none."""
    if names := TOGETHER.get(dimension):
        return dict(zip(names, key.split("|"), strict=True))
    return {dimension: key} if dimension else {}


def label_of(dimension: str, key: str) -> str:
    """The part in the reader's language; a code of an agency or a language stays a code."""
    parts = parts_of(dimension, key).items()
    return ", ".join(str(PARTS.get(name, {}).get(part, part)) for name, part in parts)


def divided_by(parts: Mapping[str, str]) -> tuple[str, str]:
    """The dimension and key of these parts: `parts_of` the other way round; "a+b" if they are not counted together."""
    if len(parts) < 2:
        return next(iter(parts.items()), ("", ""))
    for dimension, names in TOGETHER.items():
        if parts.keys() == set(names):
            return dimension, "|".join(parts[name] for name in names)
    return "+".join(parts), "|".join(parts.values())
