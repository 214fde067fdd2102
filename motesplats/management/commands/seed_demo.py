"""Fills the demo: people, rosters and booked days; running it again rolls them forward with the calendar."""

from concurrent.futures import ProcessPoolExecutor
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from django.utils import timezone

from agencies.models import SiteDay
from motesplats.demo.account import write_sign_ins
from motesplats.demo.data import DemoSite, demo_sites
from motesplats.demo.days import Filler
from motesplats.demo.rosters import AHEAD, roll_rosters
from motesplats.demo.staff import staff_everything


class Command(BaseCommand):
    help = "Create the demo's staff, rosters and families that are missing."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("load_reference")
        staff_everything()
        connections.close_all()  # each process opens its own
        with ProcessPoolExecutor(max_workers=2) as processes:
            for line in processes.map(roll, demo_sites()):
                self.stdout.write(line)
        write_sign_ins(settings.DATA_DIR / "demo.json")


def roll(demo: DemoSite) -> str:
    """Open, staff and book one site's coming working days."""
    today = timezone.localdate()
    opened = roll_rosters(demo, today=today)
    coming = SiteDay.objects.filter(location__site__code=demo.code, date__gte=today).order_by("date")[:AHEAD]
    booked = sum(Filler(demo, now=timezone.now()).fill(list(coming)))
    connections.close_all()
    return f"  {demo.code}: {len(opened)} days opened, {booked} families booked"
