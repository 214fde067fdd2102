"""Fills the demo: people, rosters and booked days; running it again rolls them forward with the calendar."""

import sys
from argparse import ArgumentParser
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone

from agencies.models import SiteDay, User
from motesplats.demo.account import write_sign_ins
from motesplats.demo.agreements import keep_agreements
from motesplats.demo.allowed import NotForTheDemo, refuse_real_installation
from motesplats.demo.contacts import fill_contacts
from motesplats.demo.data import DemoSite, demo_sites
from motesplats.demo.days import Filler
from motesplats.demo.forecasts import say_forecasts
from motesplats.demo.loads import loads, percent
from motesplats.demo.messages import tell_days
from motesplats.demo.national import report_months
from motesplats.demo.orders import order_days
from motesplats.demo.past import fill_past
from motesplats.demo.rosters import AHEAD, keep_pattern, roll_rosters
from motesplats.demo.series import fill_handling_times, fill_series
from motesplats.demo.staff import staff_everything
from motesplats.demo.steering import keep_steering
from motesplats.demo.tertials import hand_in_tertials


class Command(BaseCommand):
    help = "Create the demo's staff, rosters and families that are missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help="Yes: this is an installation for trying things out."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            refuse_real_installation(asked=options["demo"] or settings.DEMO)
        except NotForTheDemo as refusal:
            raise CommandError(f"The demo is not filled in: {refusal}.") from None
        call_command("load_reference")
        fill_contacts()
        staff_everything(at=timezone.now())
        keep_steering(by=User.objects.get(username="kansli"), at=timezone.now())
        for demo in demo_sites():
            keep_agreements(demo)
        fill_series(at=timezone.now())
        fill_handling_times(at=timezone.now())
        connections.close_all()  # each process opens its own
        with ProcessPoolExecutor(max_workers=2) as processes:
            for line in processes.map(roll, demo_sites()):
                self.stdout.write(line)
        if made := report_months(at=timezone.now()):
            self.stdout.write(f"  {made} day reports of the year")
        if made := hand_in_tertials(at=timezone.now()):
            self.stdout.write(f"  {made} tertial reports")
        write_sign_ins(settings.DATA_DIR / "demo.json", at=timezone.now())


def roll(demo: DemoSite) -> str:
    """Hold one site's past days; open, staff and book its coming ones, order interpreters; return its load."""
    today = timezone.localdate()
    keep_pattern(demo, at=timezone.now())
    fill_past(demo, today=today, now=timezone.now())
    roll_rosters(demo, today=today)
    say_forecasts(demo, at=timezone.now())
    coming = SiteDay.objects.filter(location__site__code=demo.code, date__gte=today, closed_at=None).order_by(
        "date"
    )[:AHEAD]
    filler, families = Filler(demo, now=timezone.now()), 0
    empty = filler.empty(list(coming))
    for day, booked in enumerate(filler.fill(empty), start=1):
        families += booked
        if day % 10 == 0 or day == len(empty):
            sys.stdout.write(f"  {demo.code}: {day} of {len(empty)} new days, {families} families booked\n")
            sys.stdout.flush()
    order_days(demo, list(coming), now=timezone.now())
    tell_days(demo, list(coming), filler.caseworkers.values(), now=timezone.now())
    line = load_line(demo, list(coming))
    connections.close_all()
    return line


def load_line(demo: DemoSite, days: list[SiteDay]) -> str:
    """How much of the desks' time is booked, of the site and of each agency."""
    found = loads(days)
    shares = (f"{code} {percent(load for load in found if load.agency == code)}" for code in demo.desks)
    return f"  {demo.code}: {percent(found)} % of the desks' time is booked ({', '.join(shares)})"
