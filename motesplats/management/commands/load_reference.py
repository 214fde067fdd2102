"""Creates what every installation begins with; running it again leaves alone what is there."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from agencies.reference import load_agencies
from bookings.attendance.reference import load_rules
from checklists.reference import load_checklists
from motesplats.followup.goals.reference import load_series
from motesplats.followup.surveys.reference import load_instruments
from motesplats.followup.tertial.reference import load_tertial_codes


class Command(BaseCommand):
    help = "Create the sites, agencies, services, rules, checklists and holidays that are missing."

    def handle(self, *args: Any, **options: Any) -> None:
        load_agencies(today=timezone.localdate())
        load_rules()
        load_checklists()
        load_tertial_codes()
        load_instruments()
        load_series()
