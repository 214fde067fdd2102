"""The demo's published survey, decisions of its steering group, a visit, and calculations to compare, once."""

from datetime import datetime, timedelta

from django.utils.translation import override

from agencies.clock import local
from agencies.models import Site, User
from agencies.secrecy.context import acting_as, viewer_of
from motesplats.followup.benefit.presets import LIVA, PRESETS
from motesplats.followup.benefit.save import save_calculation
from motesplats.followup.decisions.keep import save_decision, save_visit
from motesplats.followup.surveys.reference import load_published_means
from motesplats.models import Calculation, SiteVisit, SteeringDecision

# What, who, and how many days ago it was decided and is due; a negative number is days ahead.
DECISIONS = (
    ("Gemensam mall för den korta presentationen av aktörerna", "Kansliet", 90, 20),
    ("Skatteverket före lunch för familjer med barn", "Lokala samordnare", 60, -30),
    ("Pröva telefontolk när ingen tolk finns på plats", "Lokala chefer", 30, -75),
)
# The published calculation with other assumptions, by the name under which each is saved.
CALCULATIONS = {
    "LivA, fem år och fyra i arbete": {"payback_years": "5", "in_work": "4"},
    "LivA, alla timmar betalda": {
        "cost1_kind": "staff",
        "cost1_by": "municipality",
        "cost1_source": "valt här",
    },
}

CHOSEN = {"preset": "", "payback_years_source": "valt här", "in_work_source": "valt här"}


def keep_steering(*, by: User, at: datetime) -> None:
    """Create what is missing, as the secretariat."""
    load_published_means()
    today = local(at).date()
    with acting_as(viewer_of(by)):
        if not SteeringDecision.objects.exists():
            for what, owner, decided, due in DECISIONS:
                days = {"decided_on": today - timedelta(days=decided), "due": today - timedelta(days=due)}
                save_decision(
                    decision=None, values={"what": what, "owner": owner, **days}, seen=0, by=by, at=at
                )
        if not SiteVisit.objects.exists():
            values = {
                "site": Site.objects.get(code="norrkoping"),
                "date": today - timedelta(days=14),
                "visitors": "Kansliet",
                "purpose": "Uppföljning av väntetiderna",
                "notes": "Lugnt i väntrummet. Rummen räcker.",
            }
            save_visit(visit=None, values=values, seen=0, by=by, at=at)
        if not Calculation.objects.exists():
            _save_calculations(by=by, at=at)


def _save_calculations(*, by: User, at: datetime) -> None:
    with override("sv"):
        published = PRESETS[LIVA].data()
    for name, changed in CALCULATIONS.items():
        save_calculation(name=name, assumptions=published | CHOSEN | changed, by=by, at=at)
