"""A day's persons by track, sex and age, from what is known by track and by sex and age; no database."""

from collections.abc import Mapping

from motesplats.followup.dimensions import SEX_AGE, TRACK_SEX_AGE

Part = tuple[str, str]  # a dimension and its key


def tracks_of(people: Mapping[Part, int]) -> list[str]:
    """The tracks in which anybody came."""
    return [key for (dimension, key), number in people.items() if dimension == "track" and number]


def is_within_tracks(people: Mapping[Part, int]) -> bool:
    """Whether sex and age are known within each track; of nobody they are."""
    dimensions = {dimension for (dimension, _key), number in people.items() if number}
    return TRACK_SEX_AGE in dimensions or not dimensions


def with_tracks(people: Mapping[Part, int]) -> dict[Part, int]:
    """The same, by sex and age within the track where all came in one."""
    tracks = tracks_of(people)
    if len(tracks) != 1 or any(
        number for (dimension, _), number in people.items() if dimension == TRACK_SEX_AGE
    ):
        return dict(people)
    of_one = {
        (TRACK_SEX_AGE, f"{tracks[0]}|{key}"): number
        for (dimension, key), number in people.items()
        if dimension == SEX_AGE and number
    }
    return {part: number for part, number in people.items() if part[0] != TRACK_SEX_AGE} | of_one


def added_up(within: Mapping[Part, int]) -> dict[Part, int]:
    """Persons by track, sex and age, with what they add up to by track and by sex and age."""
    found = dict(within)
    for (_dimension, key), number in within.items():
        track, of_sex_and_age = key.split("|", 1)
        for part in (("track", track), (SEX_AGE, of_sex_and_age)):
            found[part] = found.get(part, 0) + number
    return found
