"""Sites on a map of Sweden: the dot's area is the number, names stand at both sides, none above another; no Django."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

WIDTH, HEIGHT = 675, 850
# The map's scale: x by degrees of longitude, y by degrees of latitude.
X, X0, Y, Y0 = 27.711, -148.8, -59.315, 4109.5
LARGEST, SMALLEST, LINE = 20.0, 3.5, 27.0
MIDDLE = 15.6  # degrees east: sites west of it are named at the left
NAMES = {"left": (142, 156), "right": (533, 519)}  # where names begin, and where their lines bend


@dataclass(frozen=True, slots=True)
class MapSite:
    """What is known of a site; `count` None: hidden or nothing."""

    name: str
    latitude: float
    longitude: float
    count: float | None
    written: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A site on the map, and where its name is written."""

    site: MapSite
    x: float
    y: float
    radius: float
    label_y: float
    side: str

    @property
    def label_x(self) -> int:
        return NAMES[self.side][0] - 4 if self.side == "left" else NAMES[self.side][0] + 5

    @property
    def path(self) -> str:
        """The line from the dot to its name."""
        end, bend = NAMES[self.side]
        edge = self.x - self.radius if self.side == "left" else self.x + self.radius
        return f"M{edge:.1f} {self.y:.1f}L{bend} {self.label_y:.1f}H{end}"


def dots_of(sites: Sequence[MapSite]) -> list[Dot]:
    """A dot for each site, large ones first, so that small ones lie on top."""
    most = max([site.count or 0 for site in sites], default=0)
    dots: list[Dot] = []
    for side in ("left", "right"):
        on_side = [site for site in sites if (site.longitude < MIDDLE) == (side == "left")]
        on_side.sort(key=lambda site: (-site.latitude, site.name))
        places = spread([Y * site.latitude + Y0 for site in on_side])
        dots += [_dot(site, y, side, most) for site, y in zip(on_side, places, strict=True)]
    return sorted(dots, key=lambda dot: -dot.radius)


def _dot(site: MapSite, label_y: float, side: str, most: float) -> Dot:
    radius = LARGEST * sqrt(site.count / most) if site.count and most else SMALLEST
    x, y = X * site.longitude + X0, Y * site.latitude + Y0
    return Dot(site, round(x, 1), round(y, 1), round(max(radius, SMALLEST), 1), round(label_y, 1), side)


def spread(places: Sequence[float]) -> list[float]:
    """The places, in order, moved so far apart that a line of text fits between two, and within the map."""
    found: list[float] = []
    for place in places:
        found.append(max(place, found[-1] + LINE) if found else place)
    limit = HEIGHT - LINE / 2
    for n in range(len(found) - 1, -1, -1):
        found[n] = min(found[n], limit)
        limit = found[n] - LINE
    return found
