"""What gives a day where a search gave none: each act is shown only after a search of its own has found its day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from agencies.distance import distance
from agencies.models import Site, User
from bookings.attendance.eligibility import sites_of
from bookings.attendance.queries import rules_in_force
from bookings.attendance.rules import required_meetings
from bookings.proposals.answer import Answer, Hint
from bookings.proposals.propose import earliest, first_after

# Searches, at most, besides the one for a later day and the one without a wish.
MOST_AGENCIES, MOST_SITES = 4, 3


def with_acts(answer: Answer, *, by: User, **search: Any) -> Answer:
    """The answer to the search; if it has no proposal, with each act that gives a day before the first later one.

    The acts follow the reasons, the soonest first and the later day last. Where all meetings are to be on one day, to
    leave an agency out comes after the other acts; where a chain may take several days, it is met on another one.
    """
    if answer.options or search["meeting"]:
        return answer
    later = first_after(**search)
    found = [act for act in _tried(answer.why_not, by, search) if act.option]
    sooner = sorted(
        (act for act in found if act.day and not (later and later.day and act.day >= later.day)),
        key=lambda act: (act.kind == "without", act.starts_at, act.kind),
    )
    reasons = tuple(_as_found(reason, later) for reason in answer.why_not)
    return replace(answer, why_not=(*reasons, *sooner, *([later] if later else [])))


def _as_found(reason: Hint, later: Hint | None) -> Hint:
    """The reason, with its search only if that finds the later day."""
    until = reason.change and reason.change["to"]
    is_found = until and later and later.day and later.day.isoformat() <= until
    return reason if is_found else replace(reason, change=None)


def _tried(reasons: Iterable[Hint], by: User, search: dict[str, Any]) -> Iterator[Hint]:
    """Every act, with its day if its search finds one."""
    without = search.get("without", ())
    kind = "another_day" if search["site"].several_days else "without"
    for code in _agencies(reasons, search):
        fewer = (*without, code)
        yield _act(kind, search | {"without": fewer}, {"without": list(fewer)}, agency=code)
    for site in _sites(search, by):
        yield _act("site", search | {"site": site}, {"site": site.code}, place=site.name)
    profile = search["profile"]
    if profile.caseworker_sex and not profile.reference:
        # a registered party's wish is changed where the party is corrected
        whoever = replace(profile, caseworker_sex="")
        yield _act("any_sex", search | {"profile": whoever}, {"caseworker_sex": ""})


def _act(kind: str, search: dict[str, Any], change: dict[str, Any], **facts: Any) -> Hint:
    option = earliest(**search)
    if option is None:
        return Hint(kind)
    offers = option.proposal.offers
    return Hint(
        kind,
        day=option.site_day.date,
        starts_at=offers[0].starts_at,
        ends_at=offers[-1].ends_at,
        change=change,
        option=option,
        **facts,
    )


def _agencies(reasons: Iterable[Hint], search: dict[str, Any]) -> Sequence[str]:
    """The codes of the agencies that the party meets and need not, those first that the reasons name."""
    rules, day, track = rules_in_force(), search["first"], search["track"].number
    profile = search["profile"].without(search.get("without", ()))
    named = {hint.agency for hint in reasons} | {hint.also.agency for hint in reasons if hint.also}
    switchable = {rule.agency for rule in rules if rule.may_be_switched}
    met = required_meetings(rules, profile.births, track=track, day=day, switched=profile.switched)
    codes = [meeting.agency for meeting in met if meeting.agency in switchable]
    return sorted(codes, key=lambda code: (code not in named, code))[:MOST_AGENCIES]


def _sites(search: dict[str, Any], by: User) -> Sequence[Site]:
    """The nearest of the user's other sites that are open."""
    here = search["site"]
    others = sites_of(by, search["moving"]).filter(state=Site.State.OPEN).exclude(pk=here.pk)
    return sorted(others, key=lambda site: distance(_place(here), _place(site)))[:MOST_SITES]


def _place(site: Site) -> tuple[float, float]:
    return float(site.latitude), float(site.longitude)
