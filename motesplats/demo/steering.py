"""The demo's published survey, decisions of its steering group, and a visit, once."""

from datetime import datetime, timedelta

from agencies.clock import local
from agencies.models import Site, User
from agencies.secrecy.context import acting_as, viewer_of
from motesplats.followup.decisions.keep import save_decision, save_visit
from motesplats.followup.surveys.reference import load_published_means
from motesplats.models import SiteVisit, SteeringDecision

# What, who, and how many days ago it was decided and is due; a negative number is days ahead.
DECISIONS = (
    ("Gemensam mall för den korta presentationen av aktörerna", "Kansliet", 90, 20),
    ("Skatteverket före lunch för familjer med barn", "Lokala samordnare", 60, -30),
    ("Pröva telefontolk när ingen tolk finns på plats", "Lokala chefer", 30, -75),
)


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
