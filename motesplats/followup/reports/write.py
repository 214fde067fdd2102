"""Write the numbers of a day report; the verbs beside this call it inside their transaction."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agencies.models import Site, User
from agencies.refusals import Refusal
from agencies.rosters.who import require_own_site
from agencies.validators import validate_plain
from agencies.web.roles import AGENCY_ROLES, require_role
from motesplats.followup.reports.numbers import (
    LONGEST_NOTE,
    LONGEST_WHY,
    MOST,
    TOTALS,
    DayNumbers,
    differences,
    disagreements,
    every_part,
    name_of,
)
from motesplats.models import DayCount, DayReport


class NumbersDisagree(Refusal):
    """The sums of a day report differ from each other, or a number differs from attendance and nobody says why."""

    kind = "sums-disagree"


class NumberNotUsable(Refusal):
    """A number, a code or a text that no day report can have."""

    kind = "number-not-usable"


class ReportChanged(Refusal):
    """The day has a report already, or somebody has changed it since; `version`: how it stands."""

    kind = "day-has-a-report"
    status = 409

    def __init__(self, message: str, *, version: int) -> None:
        super().__init__(message)
        self.version = version


def require_reporter(by: User, site: Site) -> None:
    """Raises NotForYourRole or SiteNotYours unless the user works with newcomers at the site."""
    require_role(by, *AGENCY_ROLES, message=_("The day's staff writes its report."))
    require_own_site(by, site)


def require_usable(numbers: DayNumbers) -> None:
    """Raises NumberNotUsable, with all that is wrong by field."""
    errors: dict[str, list[str]] = {}
    totals = {("", name): number for name, number in numbers.totals.items()}
    for (dimension, key), number in (*numbers.people.items(), *totals.items()):
        if not 0 <= number <= MOST:
            errors[dimension or key] = [_("Write whole numbers from 0 to %(most)s.") % {"most": MOST}]
    unknown = set(numbers.people) - set(every_part())
    errors |= {dimension: [_("There is no such part.")] for dimension, _key in unknown}
    if numbers.interpreting is not None and numbers.interpreting not in DayReport.Interpreting.values:
        errors["interpreting"] = [_("A grade is 1 to 4.")]
    if set(numbers.trouble) - set(DayReport.Trouble.values):
        errors["trouble"] = [_("There is no such code.")]
    if not numbers.was_open and not numbers.is_empty:
        errors["was_open"] = [_("On a day on which the site was not open nobody came.")]
    for name, longest in (("note", LONGEST_NOTE), ("why", LONGEST_WHY)):
        errors |= _mistake_in_text(name, getattr(numbers, name), longest)
    if errors:
        raise NumberNotUsable(_("Look at the marked fields."), errors=errors)


def _mistake_in_text(name: str, text: str, longest: int) -> dict[str, list[str]]:
    if len(text) > longest:
        return {name: [_("At most %(longest)s characters.") % {"longest": longest}]}
    try:
        validate_plain(text)
    except ValidationError as error:
        return {name: list(error.messages)}
    return {}


def require_typed(numbers: DayNumbers, source: str) -> None:
    """Raises NumberNotUsable where a day that attendance counts is said to be none."""
    if not numbers.was_open and source == DayReport.Source.COUNTED:
        message = _("The day is planned here: it is closed among the site's days, not in its report.")
        raise NumberNotUsable(message, errors={"was_open": [message]})


def require_agreeing(numbers: DayNumbers) -> None:
    """Raises NumbersDisagree unless the sums by sex and age, by track and by mode are the same."""
    if errors := disagreements(numbers):
        raise NumbersDisagree(_("The sums do not agree."), errors=errors)


def require_explained(numbers: DayNumbers, counted: DayNumbers | None) -> None:
    """Raises NumbersDisagree if a number differs from what attendance counted and `why` is empty."""
    if counted is None or numbers.why.strip():
        return
    changed = differences(counted, numbers)
    if changed:
        told = ", ".join(f"{name_of(part)} {was} → {now}" for part, (was, now) in changed.items())
        message = _("Say why these differ from the check-ins: %(numbers)s.") % {"numbers": told}
        raise NumbersDisagree(message, errors={"why": [message]})


def require_version(report: DayReport, version: int) -> None:
    """Raises ReportChanged unless the version is the report's."""
    if report.version == version:
        return
    message = (
        _("Somebody has changed the report meanwhile. Look at it once more.")
        if version
        else _("That day has a report.")
    )
    raise ReportChanged(message, version=report.version)


def write_numbers(report: DayReport, numbers: DayNumbers, *, counted: DayNumbers | None = None) -> None:
    """Save the report with these numbers; `counted`: what attendance says, where that is written anew."""
    for name in TOTALS:
        setattr(report, name, numbers.totals.get(name, 0))
    report.interpreting, report.trouble = numbers.interpreting, list(numbers.trouble)
    report.note, report.why, report.was_open = numbers.note, numbers.why, numbers.was_open
    if counted is not None:
        report.counted = {name: counted.totals.get(name, 0) for name in TOTALS}
    report.save()
    _write_counts(report, numbers.within_tracks, counted)


def _write_counts(
    report: DayReport, people: Mapping[tuple[str, str], int], counted: DayNumbers | None
) -> None:
    """One row for each part with somebody in it, or in which attendance counted somebody."""
    before = {(row.dimension, row.key): row.counted for row in DayCount.objects.filter(report=report)}
    is_typed = report.source == DayReport.Source.REPORTED
    rows = []
    for part in every_part():
        number = people.get(part, 0)
        seen = before.get(part) if counted is None else counted.people.get(part, 0)
        if number or seen:
            dimension, key = part
            said = None if is_typed else seen or 0
            rows.append(DayCount(report=report, dimension=dimension, key=key, people=number, counted=said))
    DayCount.objects.filter(report=report).delete()
    DayCount.objects.bulk_create(rows)
