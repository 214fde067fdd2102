"""Report that somebody is absent, take that back, and release who stood by."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.models import Absence, Resource, Shift, Site, User
from agencies.refusals import Refusal
from agencies.rosters.held import held_of
from agencies.rosters.locks import lock_resources
from agencies.rosters.who import require_editor


class AbsenceNotRecorded(Refusal):
    kind = "absence-not-recorded"
    field = "starts_at"


@transaction.atomic
def report_absence(
    *,
    resource: Resource,
    site: Site,
    starts_at: datetime,
    ends_at: datetime,
    kind: str,
    by: User,
    at: datetime,
) -> Absence:
    """Record the absence, in which the resource's shifts offer nothing; what is booked stays until it is covered.

    `site`: where whoever reports it edits the roster. Raises AbsenceNotRecorded, NotForYourRole or SiteNotYours.
    """
    require_editor(by, [resource.pk], site=site)
    if starts_at >= ends_at:
        raise AbsenceNotRecorded(_("An absence starts before it ends."))
    touched = Shift.objects.filter(resource=resource, starts_at__lt=ends_at, ends_at__gt=starts_at)
    lock_resources([resource.pk], days=touched.values_list("site_day_id", flat=True))
    try:
        with transaction.atomic():
            return Absence.objects.create(
                resource=resource, starts_at=starts_at, ends_at=ends_at, kind=kind, by=by, at=at
            )
    except IntegrityError as error:
        if "absence_once_at_a_time" not in str(error):
            raise
        raise AbsenceNotRecorded(_("This absence is recorded already.")) from error


@transaction.atomic
def withdraw_absence(*, absence: Absence, site: Site, by: User, at: datetime) -> None:
    """Take the absence back. Raises NotForYourRole or SiteNotYours."""
    require_editor(by, [absence.resource_id], site=site)
    absence.delete()


@transaction.atomic
def release_standby(
    *, today: date, shifts: QuerySet[Shift] | None = None, by: User | None = None
) -> tuple[int, int]:
    """Release who stands by until today or earlier and has nothing booked; whoever has is expected to be present.

    `shifts`: only these, whatever their date, when somebody presses. Gives how many were released and how many stay.
    Raises NotForYourRole or SiteNotYours.
    """
    due = Shift.objects.filter(standby_until__isnull=False, state=Shift.State.APPROVED)
    due = due.filter(standby_until__lte=today) if shifts is None else due.filter(pk__in=shifts)
    found = list(due.select_related("site_day__location__site"))
    for shift in found:
        if by:
            require_editor(by, [shift.resource_id], site=shift.site_day.location.site)
    lock_resources([one.resource_id for one in found], days=[one.site_day_id for one in found])
    free = [one.pk for one in found if not held_of([one.resource_id], (one.starts_at, one.ends_at))]
    Shift.objects.filter(pk__in=free).update(state=Shift.State.RELEASED)
    kept = Shift.objects.filter(pk__in=[one.pk for one in found]).exclude(pk__in=free)
    return len(free), kept.update(standby_until=None)
