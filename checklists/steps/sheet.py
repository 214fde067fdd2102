"""Named reads of checklists: the parts that the viewer sees, as one sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.translation import get_language

from agencies.read_log.notes import note_person
from checklists.models import Checklist, Note, Outcome, Part, Referral, ReferralKind, Step, Template, Tick
from checklists.steps.progress import Line, Progress, progress_of


@dataclass(frozen=True, slots=True)
class Section:
    """One agency's lines; `ticks` holds a tick for each line that was ticked by hand."""

    part: Part
    steps: list[Step]
    ticks: dict[int, Tick]

    @property
    def lines(self) -> list[Line]:
        return [self._line(step) for step in self.steps]

    @property
    def progress(self) -> Progress:
        return progress_of(self.lines)

    def _line(self, step: Step) -> Line:
        tick = self.ticks.get(step.pk)
        if step.by_check_in:
            return Line(step.key, self.part.agency.code, step.text, done_on=self.part.came_on)
        return Line(
            step.key,
            self.part.agency.code,
            step.text,
            done_on=tick and tick.done_on,
            outcome=tick.outcome.name if tick and tick.outcome else "",
        )


@dataclass(frozen=True)
class Sheet:
    """A chain's checklist as the viewer sees it."""

    parts: list[Part]
    template: Template
    checklist: Checklist | None
    sections: list[Section]
    referrals: list[Referral]
    note: Note | None

    @property
    def reference(self) -> str:
        return self.parts[0].reference

    @property
    def own(self) -> Section | None:
        """The part of the viewer's own agency."""
        return next((section for section in self.sections if section.part.is_own), None)

    @property
    def others(self) -> list[Section]:
        return [section for section in self.sections if not section.part.is_own]

    @cached_property
    def progress(self) -> Progress:
        return progress_of([line for section in self.sections for line in section.lines])

    @property
    def with_whom(self) -> Part | None:
        """The agency of the next step."""
        line = self.progress.next
        return next((part for part in self.parts if line and part.agency.code == line.agency), None)


def parts_of(reference: str) -> list[Part]:
    """What the viewer sees of the chain's checklist, its own agency's part first."""
    return _in_order(Part.objects.filter(reference=reference))


def parts_of_chain(chain_id: int) -> list[Part]:
    """The same, for whoever holds a link of the chain."""
    return _in_order(Part.objects.filter(chain_id=chain_id))


def sheet_of(parts: Sequence[Part], *, on: date) -> Sheet | None:
    """The parts as one sheet; a checklist without a tick yet is what its template says that day.

    Whoever is shown a sheet has seen the party.
    """
    first = parts[0]
    note_person(*first.people)
    checklist = _begun(first)
    template = _template(first, checklist, on=on)
    if template is None:
        return None
    steps = list(_steps(template, on=on))
    ticks = list(ticks_of(checklist)) if checklist else []
    return Sheet(
        parts=list(parts),
        template=template,
        checklist=checklist,
        sections=[section for part in parts if (section := _section(part, steps, ticks)).steps],
        referrals=list(_referrals(checklist)) if checklist else [],
        note=Note.objects.select_related("written_by__agency").filter(party=first.party_id).first(),
    )


def steps_of(part: Part, *, on: date) -> QuerySet[Step]:
    """The steps of the part's agency, as its checklist has them or would have them that day."""
    template = _template(part, _begun(part), on=on)
    return _steps(template, on=on).filter(agency_code=part.agency.code) if template else Step.objects.none()


def template_in_force(part: Part, *, on: date) -> Template | None:
    """The newest version for the part's track: its own site's, or else the one for every site."""
    return newest_template(site=part.site_id, track=part.track_id, on=on)


def newest_template(*, site: int, track: int, on: date) -> Template | None:
    """The newest version that is valid that day for the site and track."""
    there = Template.objects.filter(Q(site=site) | Q(site=None), track=track, valid_from__lte=on)
    return there.select_related("track").order_by(F("site").asc(nulls_last=True), "-version").first()


def ticks_of(checklist: Checklist) -> QuerySet[Tick]:
    """The ticks that stand, as far as the viewer sees them."""
    return checklist.ticks.filter(taken_back_at=None).select_related("outcome", "ticked_by")


def kinds_on(day: date) -> QuerySet[ReferralKind]:
    """The kinds of referrals that there are that day."""
    return ReferralKind.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


def is_draft(sheet: Sheet) -> bool:
    """Whether a text on the sheet still waits for an authorised reader of the active language."""
    language = get_language()
    return not all(step.is_checked(language) for section in sheet.sections for step in section.steps)


def _in_order(found: QuerySet[Part]) -> list[Part]:
    parts = found.select_related("agency__municipality", "owner", "site", "track")
    return sorted(
        parts, key=lambda part: (not part.is_own, part.starts_at is None, part.starts_at or 0, part.agency_id)
    )


def _begun(part: Part) -> Checklist | None:
    return Checklist.objects.select_related("template__track").filter(chain=part.chain_id).first()


def _template(part: Part, checklist: Checklist | None, *, on: date) -> Template | None:
    return checklist.template if checklist else template_in_force(part, on=on)


def _steps(template: Template, *, on: date) -> QuerySet[Step]:
    valid = Outcome.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)
    return template.steps.prefetch_related(Prefetch("outcomes", queryset=valid))


def _section(part: Part, steps: list[Step], ticks: list[Tick]) -> Section:
    own = [step for step in steps if step.agency_code == part.agency.code]
    return Section(part, own, {tick.step_id: tick for tick in ticks if tick.agency_id == part.agency_id})


def _referrals(checklist: Checklist) -> Iterator[Referral]:
    return checklist.referrals.select_related("kind", "agency").iterator()
