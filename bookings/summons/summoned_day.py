"""What a version of the summons tells of the day, as `Summons.day` stores it: keys and times, no words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

VERSION = 2  # rows without a version are the first one's: a single day, its `site_day` and `stops` on top


@dataclass(frozen=True, slots=True)
class SummonedStop:
    """One meeting: its agency by primary key and code, and the primary keys of the newcomers who must come.

    `alone`: of the adult whose own meeting it is. `form`: as `Meeting.form`, empty at the place; `tool`: its address.
    `group`: others are met with the party.
    """

    agency: int
    code: str
    starts_at: datetime
    ends_at: datetime
    who: str  # adults, everyone, concerned or one_adult
    members: tuple[int, ...]
    alone: int | None = None
    form: str = ""
    tool: str = ""
    group: bool = False

    def to_json(self) -> dict[str, Any]:
        return {
            "agency": self.agency,
            "code": self.code,
            "starts_at": self.starts_at.isoformat(),
            "ends_at": self.ends_at.isoformat(),
            "who": self.who,
            "members": list(self.members),
            **({} if self.alone is None else {"alone": self.alone}),
            **({"form": self.form} if self.form else {}),
            **({"tool": self.tool} if self.tool else {}),
            **({"group": True} if self.group else {}),
        }

    @classmethod
    def from_json(cls, stop: Mapping[str, Any]) -> "SummonedStop":
        return cls(
            agency=stop["agency"],
            code=stop["code"],
            starts_at=datetime.fromisoformat(stop["starts_at"]),
            ends_at=datetime.fromisoformat(stop["ends_at"]),
            who=stop["who"],
            members=tuple(stop["members"]),
            alone=stop.get("alone"),
            form=stop.get("form", ""),
            tool=stop.get("tool", ""),
            group=stop.get("group", False),
        )


@dataclass(frozen=True, slots=True)
class SummonedSiteDay:
    """A site day by its primary key, and its meetings in time order."""

    site_day: int
    stops: tuple[SummonedStop, ...]

    def to_json(self) -> dict[str, Any]:
        return {"site_day": self.site_day, "stops": [stop.to_json() for stop in self.stops]}

    @classmethod
    def from_json(cls, day: Mapping[str, Any]) -> "SummonedSiteDay":
        return cls(day["site_day"], tuple(map(SummonedStop.from_json, day["stops"])))


@dataclass(frozen=True, slots=True)
class SummonedDay:
    """One or more site days in time order, and the interpreter of them all by primary key.

    `outside`: as `Chain.outside_interpreter`. `adults` and `children`: how many are called, for a reader who
    may not see whom; 0 and 0 in older rows. What is empty is left out of what is stored.
    """

    days: tuple[SummonedSiteDay, ...]
    interpreter: int | None
    outside: str = ""
    adults: int = 0
    children: int = 0
    version: int = VERSION

    @property
    def stops(self) -> tuple[SummonedStop, ...]:
        """The meetings of all days."""
        return tuple(stop for day in self.days for stop in day.stops)

    @property
    def starts_at(self) -> datetime:
        return self.stops[0].starts_at

    def as_told_to(self, adult: int) -> "SummonedDay":
        """The day without the meetings that others of the party have apart from this adult, by primary key.

        Who would then be called to none is told of all, as there is no letter without a meeting.
        """
        own = {stop.agency for stop in self.stops if stop.alone == adult}
        days = tuple(
            replace(day, stops=tuple(stop for stop in day.stops if _is_told(stop, adult, own)))
            for day in self.days
        )
        return replace(self, days=days) if any(day.stops for day in days) else self

    def to_json(self) -> dict[str, Any]:
        added = {"outside": self.outside, "adults": self.adults, "children": self.children}
        return {
            "version": self.version,
            "days": [day.to_json() for day in self.days],
            "interpreter": self.interpreter,
            **{key: value for key, value in added.items() if value},
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "SummonedDay":
        """Reads the first version, too. Raises ValueError for a version that is not known."""
        version = stored.get("version", 1)
        if version not in (1, VERSION):
            raise ValueError(f"Version {version} of a summoned day is not known.")
        days = stored["days"] if version == VERSION else [stored]
        return cls(
            tuple(map(SummonedSiteDay.from_json, days)),
            stored["interpreter"],
            outside=stored.get("outside", ""),
            adults=stored.get("adults", 0),
            children=stored.get("children", 0),
        )


def _is_told(stop: SummonedStop, adult: int, own: Collection[int]) -> bool:
    return stop.alone == adult or (stop.alone is None and stop.agency not in own)
