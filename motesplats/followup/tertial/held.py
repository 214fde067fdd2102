"""The report that a verb writes in, locked, and why one may not."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.models import Site
from agencies.refusals import Refusal
from motesplats.followup.tertial.periods import TertialPeriod
from motesplats.followup.tertial.queries import codes_offered, due_rule
from motesplats.followup.tertial.words import validate_text
from motesplats.models import TertialReport


class TertialOfOthers(Refusal):
    kind = "not-your-tertial-report"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            _("A report is written by its site's managers and coordinators, and submitted by a manager.")
        )


class TertialNotBegun(Refusal):
    kind = "tertial-not-begun"

    def __init__(self) -> None:
        super().__init__(_("That tertial has not begun."))


class TertialChanged(Refusal):
    """Somebody has saved the report since the caller looked."""

    kind = "changed-meanwhile"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody has saved the report since you opened it. What you typed is kept, and what they wrote stands"
                " below it. Look, and save again."
            )
        )


class TertialSubmitted(Refusal):
    kind = "already-submitted"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("The report is submitted. What is wrong in it is corrected, with the reason."))


class TertialTextRefused(Refusal):
    """A text that is too long or holds what nobody sees, or a code that there is not."""

    kind = "value-not-allowed"


class TertialNotReady(Refusal):
    """Something is missing before the report can be submitted; `missing` says what."""

    kind = "not-ready"
    status = 409

    def __init__(self, missing: list[str]) -> None:
        super().__init__(" ".join(missing))
        self.missing = missing


def check_answers(texts: Mapping[str, str], codes: Collection[str]) -> None:
    """Raises TertialTextRefused, with the messages by question."""
    errors: dict[str, list[str]] = {}
    for question, text in texts.items():
        try:
            validate_text(text)
        except ValidationError as error:
            errors[question] = error.messages
    if unknown := set(codes) - {code.pk for code in codes_offered(codes)}:
        errors["codes"] = [_("There is no code %(code)s.") % {"code": min(unknown)}]
    if errors:
        raise TertialTextRefused(next(iter(errors.values()))[0], errors=errors)


def locked_report(site: Site, period: TertialPeriod, *, seen: int, at: datetime) -> TertialReport:
    """The open report, made where there is none, locked.

    Raises TertialNotBegun, TertialSubmitted, and TertialChanged if `seen` is not its version.
    """
    if local(at).date() < period.first:
        raise TertialNotBegun
    due, named = (
        due_rule(period.last).of(period),
        {"site": site, "year": period.year, "tertial": period.tertial},
    )
    TertialReport.objects.get_or_create(**named, defaults={"due": due})
    report = TertialReport.objects.select_for_update(no_key=True).get(**named)
    if report.state == TertialReport.State.SUBMITTED:
        raise TertialSubmitted
    if report.version != seen:
        raise TertialChanged
    report.due = due
    return report
