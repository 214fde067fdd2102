"""The demo's published survey, decisions of its steering group, a visit, and calculations to compare, once."""

from datetime import datetime, timedelta
from random import Random

from django.utils.translation import override

from agencies.clock import local
from agencies.models import Role, Site, User
from agencies.secrecy.context import acting_as, viewer_of
from motesplats.followup.benefit.presets import LIVA, PRESETS
from motesplats.followup.benefit.save import save_calculation
from motesplats.followup.decisions.keep import save_decision, save_visit
from motesplats.followup.surveys.answer import answer_round
from motesplats.followup.surveys.reference import load_published_means
from motesplats.followup.surveys.scale import BEST, WORST
from motesplats.followup.surveys.start import start_round
from motesplats.models import Calculation, Instrument, SiteVisit, SteeringDecision, SurveyRound

# What, who, and how many days ago it was decided and is due; a negative number is days ahead.
DECISIONS = (
    ("Gemensam mall för den korta presentationen av aktörerna", "Kansliet", 90, 20),
    ("Skatteverket före lunch för familjer med barn", "Lokala samordnare", 60, -30),
    ("Pröva telefontolk när ingen tolk finns på plats", "Lokala chefer", 30, -75),
)
# Where, how many days ago, why, and what was seen.
VISITS = (
    ("norrkoping", 14, "Uppföljning av väntetiderna", "Lugnt i väntrummet. Rummen räcker."),
    ("kalmar", 45, "Nya lokaler", "Bra läge. Skyltningen behöver bli bättre."),
    ("gavle", 100, "Samverkan med kommunen", "Kommunen kommer varannan gång. Ny kontakt utses."),
)
# The staff's survey: how many days ago it opened and closed, how many are asked, and how many of a hundred answer.
SURVEY_OPENED, SURVEY_CLOSED, INVITED, ANSWER = 60, 40, 40, 70
# How many of a hundred give each grade from 1 to 7; where 7 is the bad end the other way round.
GRADES = (2, 4, 8, 16, 28, 26, 16)
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
            for code, ago, purpose, notes in VISITS:
                values = {
                    "site": Site.objects.get(code=code),
                    "date": today - timedelta(days=ago),
                    "visitors": "Kansliet",
                    "purpose": purpose,
                    "notes": notes,
                }
                save_visit(visit=None, values=values, seen=0, by=by, at=at)
        if not Calculation.objects.exists():
            _save_calculations(by=by, at=at)
        is_asked = SurveyRound.objects.filter(is_imported=False).exists()
    if not is_asked:
        _ask_staff(by=by, at=at)


def _ask_staff(*, by: User, at: datetime) -> None:
    """Hold the staff's survey everywhere: some weeks ago most of those who were asked answered it."""
    opened, closed = (at - timedelta(days=days) for days in (SURVEY_OPENED, SURVEY_CLOSED))
    staff = User.objects.filter(role=Role.CASEWORKER, is_active=True).order_by("username")[:INVITED]
    if len(staff) < INVITED:
        return
    with acting_as(viewer_of(by)):
        one = start_round(
            instrument=Instrument.objects.get(code="staff"),
            site=None,
            phase=SurveyRound.Phase.ONCE,
            invited=INVITED,
            opens_on=local(opened).date(),
            closes_on=local(closed).date(),
            by=by,
            at=opened,
        )
    questions = list(one.instrument.questions.all())
    for user in staff:
        dice = Random(f"survey {user.username}")
        if dice.randrange(100) < ANSWER:
            grades = {
                question.number: _grade(dice, is_high_good=question.is_high_good) for question in questions
            }
            with acting_as(viewer_of(user)):
                answer_round(
                    round=one, grades=grades, by=user, at=opened + timedelta(days=dice.randrange(15))
                )


def _grade(dice: Random, *, is_high_good: bool) -> int:
    grade = dice.choices(range(WORST, BEST + 1), GRADES)[0]
    return grade if is_high_good else WORST + BEST - grade


def _save_calculations(*, by: User, at: datetime) -> None:
    with override("sv"):
        published = PRESETS[LIVA].data()
    for name, changed in CALCULATIONS.items():
        save_calculation(name=name, assumptions=published | CHOSEN | changed, by=by, at=at)
