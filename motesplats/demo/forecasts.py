"""Whom the demo's municipalities expect in the coming months; said once for each month."""

from collections.abc import Iterator
from datetime import datetime
from random import Random

from agencies.dates import stockholm
from agencies.models import Municipality, Role, Site, User
from bookings.capacity.expect import Numbers, expect
from bookings.capacity.spread import months_from
from bookings.models import Forecast
from motesplats.demo.data import DemoSite

MONTHS = 4
FEWEST, MOST = 55, 150  # people of the municipality that has the site, for each of its desks at Skatteverket


def say_forecasts(demo: DemoSite, *, at: datetime) -> int:
    """Say what nobody has said yet; gives for how many months."""
    site = Site.objects.get(code=demo.code)
    by = User.objects.filter(role=Role.COORDINATOR, sites=site).order_by("pk").first()
    return expect(site=site, numbers=list(_missing(demo, site, at)), by=by, at=at) if by else 0


def _missing(demo: DemoSite, site: Site, at: datetime) -> Iterator[Numbers]:
    homes = list(Municipality.objects.filter(site=site).order_by("-is_host", "code")[:3])
    for month in months_from(stockholm(at), MONTHS):
        for place, home in enumerate(homes):
            if Forecast.objects.filter(municipality=home, month=month).exists():
                continue
            dice = Random(f"{home.code} {month}")
            likely = dice.randint(FEWEST, MOST) * demo.desks.get("SKV", 1) // (1 + 4 * place)
            yield Numbers(home, month, likely * 3 // 4, likely, likely * 5 // 4, "Migrationsverket")
