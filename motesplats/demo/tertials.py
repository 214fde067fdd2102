"""Tertial reports of the demo: most sites have handed in those of the year that are due, one late, a few not at all."""

from datetime import date, datetime, time, timedelta
from random import Random

from agencies.clock import at_wall_clock
from agencies.dates import stockholm
from agencies.models import Role, Site, User
from agencies.secrecy.context import acting_as, viewer_of
from motesplats.demo.leaders import leader_of
from motesplats.followup.tertial.periods import TertialPeriod
from motesplats.followup.tertial.queries import due_rule, reports_due
from motesplats.followup.tertial.submit import submit_tertial, what_is_missing
from motesplats.followup.tertial.write import write_tertial
from motesplats.models import TertialCode, TertialReport

Question = TertialReport.Question
# Of the latest tertial: which sites have not begun, which have written and not handed in, and which was late.
OVERDUE, BEGUN, LATE = {"gavle", "boras"}, {"kalmar"}, {"orebro"}
DAYS_LATE, DAYS_BEFORE = 6, 9
ANSWERS = {
    Question.ADAPTATIONS: (
        "Familjer med små barn börjar först, och Skatteverket ligger före lunch.",
        "Vi har flyttat Försäkringskassan till förmiddagen. Väntan har blivit kortare.",
        "Inget har ändrats. Dagens ordning fungerar.",
        "De som reser långt får den sista tiden på förmiddagen.",
    ),
    Question.COORDINATION: (
        "Aktörerna träffas en kvart före öppning. Det räcker.",
        "Samarbetet går bra. Kommunen har varit med varannan gång.",
        "Två aktörer har bytt kontaktperson, och det tog tid att hitta rätt.",
        "Den gemensamma genomgången på morgonen har gett färre omtag.",
    ),
    Question.REFERRALS: (
        "De flesta har visats vidare till hälsosamtal och till SFI.",
        "Till kommunens bostadsenhet och till vårdcentralen. Svar har kommit inom två veckor.",
        "Få hänvisningar. De som gjorts har lett till ett möte.",
        "Till tandvården och till öppna förskolan.",
    ),
    Question.INTERPRETERS: (
        "En tolk för hela kedjan har fungerat i de flesta fall. Tigrinja är svårast.",
        "Tolk på plats på arabiska, på telefon på somaliska. Ljudet var dåligt två dagar.",
        "Bra. Tolkförmedlingen svarar i tid.",
        "Två sena avbokningar. Dagarna gick att genomföra med telefontolk.",
    ),
    Question.STAFFING: (
        "Bord och pass har räckt till.",
        "Skatteverket har saknat en handläggare under två dagar.",
        "Det har räckt, utom i vecka sju då flera var sjuka.",
        "Vi behöver en person till vid incheckningen de dagar då många kommer.",
    ),
}


def hand_in_tertials(*, at: datetime) -> int:
    """Write and hand in the reports of the ended tertials that sites owe; gives how many were handed in.

    What somebody has begun stays as it is.
    """
    today, handed_in = stockholm(at), 0
    for site in Site.objects.exclude(state=Site.State.CLOSED).order_by("order"):
        by = leader_of(site, Role.MANAGER)
        with acting_as(viewer_of(by)):
            owed = [one for one in reports_due([site], today=today) if one.is_late and not one.is_begun]
            last = max((one.period for one in owed), default=None)
            for one in owed:
                is_last = one.period == last
                if not (is_last and site.code in OVERDUE):
                    handed_in += _write(site, one.period, is_last=is_last, by=by)
    return handed_in


def _write(site: Site, period: TertialPeriod, *, is_last: bool, by: User) -> bool:
    """Write the report and, where that is its fate, hand it in; gives whether it was."""
    dice = Random(f"{site.code} {period.year} {period.tertial}")
    at = at_wall_clock(
        _day(site, period, is_last=is_last, dice=dice), time(dice.randint(9, 15), dice.randrange(60))
    )
    report = write_tertial(
        site=site,
        period=period,
        texts={question.value: dice.choice(words) for question, words in ANSWERS.items()},
        codes=sorted(dice.sample(_codes(), dice.randint(1, 3))),
        seen=0,
        by=by,
        at=at,
    )
    if (is_last and site.code in BEGUN) or what_is_missing(report, at=at):
        return False
    submit_tertial(site=site, period=period, seen=report.version, by=by, at=at + timedelta(minutes=20))
    return True


def _codes() -> list[str]:
    return list(TertialCode.objects.filter(is_retired=False).order_by("code").values_list("code", flat=True))


def _day(site: Site, period: TertialPeriod, *, is_last: bool, dice: Random) -> date:
    """When it is handed in: some days before it is due, or one site's some after."""
    due = due_rule(period.last).of(period)
    if is_last and site.code in LATE:
        return due + timedelta(days=DAYS_LATE)
    return max(due - timedelta(days=dice.randint(1, DAYS_BEFORE)), period.last + timedelta(days=1))
