"""Checks of whether a party may be summoned; a refusal says where to turn instead."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from agencies.codes import agency_name
from agencies.models import Site, User
from agencies.refusals import Refusal
from bookings.attendance.rules import is_adult, is_valid
from bookings.models import Chain, LegalBasis, Track

LONGEST_RANGE = 180  # days; nobody searches or books further ahead at a time
QUOTA_BASIS = "UTL-5-2"  # 5 kap. 2 § utlänningslagen, resettlement


class SiteOfOthers(Refusal):
    kind = "site-of-others"
    field = "site"


class SummonsNobody(Refusal):
    kind = "summons-nobody"
    status = 403


class UnaccompaniedMinor(Refusal):
    kind = "unaccompanied-minor"
    field = "members"


class LegalBasisNotValid(Refusal):
    kind = "legal-basis-not-valid"
    field = "legal_basis"


class TrackOfAnother(Refusal):
    kind = "track-of-another-agency"
    field = "track"


class QuotaNotPossible(Refusal):
    """Quota refugees are those of one section of the act, and one agency summons them."""

    kind = "quota-not-possible"
    field = "is_quota"


def require_adult(births: Sequence[date], *, day: date) -> None:
    """Raise UnaccompaniedMinor unless one of the birth dates is an adult's on the day."""
    if not any(is_adult(birth, day) for birth in births):
        raise UnaccompaniedMinor(
            _(
                "Nobody in this party is 18 or older on %(day)s. Children who come alone are not summoned here:"
                " turn to the municipality's social services and its chief guardian (överförmyndaren)."
            )
            % {"day": day}
        )


def require_adult_soon(births: Sequence[date], *, day: date) -> None:
    """Raise UnaccompaniedMinor unless one of them is an adult on a day for which one may search on this day."""
    require_adult(births, day=day + timedelta(days=LONGEST_RANGE))


def require_quota_possible(basis: LegalBasis, *, is_quota: bool, by: User) -> None:
    """Raise QuotaNotPossible for quota refugees of another legal basis, or whom the user's agency does not summon."""
    if not is_quota:
        return
    if basis.code != QUOTA_BASIS:
        quota = LegalBasis.objects.get(code=QUOTA_BASIS)
        raise QuotaNotPossible(
            _("Quota refugees have a permit by %(quota)s, not by %(basis)s. Change one of the two.")
            % {"quota": quota.paragraph, "basis": basis.paragraph}
        )
    require_quota_track(tracks_of(by), field="is_quota")


def require_quota_track(tracks: Iterable[Track], *, field: str = "track") -> None:
    """Raise QuotaNotPossible, beside the field, unless the track of quota refugees is among these."""
    track = Track.objects.get(legal_bases__code=QUOTA_BASIS)
    if track not in tracks:
        message = _("Quota refugees are summoned in track %(number)s, by %(agency)s.") % {
            "number": track.number,
            "agency": agency_name(track.summoned_by),
        }
        raise QuotaNotPossible(message, errors={field: [message]})


def require_valid_basis(basis: LegalBasis, *, day: date) -> None:
    """Raise LegalBasisNotValid unless the legal basis is valid on the day."""
    if not is_valid(basis.valid_from, basis.valid_to, day):
        raise LegalBasisNotValid(
            _(
                "%(basis)s holds from %(from)s to %(to)s, not on %(day)s."
                " A coordinator or a manager of your agency may override this."
            )
            % {
                "basis": basis,
                "from": basis.valid_from,
                "to": basis.valid_to or "…",
                "day": day,
            }
        )


def sites_of(user: User, chain: Chain | None = None) -> QuerySet[Site]:
    """Where the user books: the user's sites, and the one where the chain is that is to move."""
    own = Q(pk__in=user.sites.values("pk"))
    return Site.objects.filter(own | Q(pk=chain.site_day.location.site_id) if chain else own)


def tracks_of(user: User) -> QuerySet[Track]:
    """The tracks in which the user's agency summons."""
    return Track.objects.filter(summoned_by=user.agency.code if user.agency else "")


def require_own_site(site: Site, *, by: User, moving: Chain | None = None, field: str = "site") -> None:
    """Raise SiteOfOthers, beside the field, unless the user books at the site."""
    if not sites_of(by, moving).filter(pk=site.pk).exists():
        message = _("You do not work at %(site)s.") % {"site": site}
        raise SiteOfOthers(message, errors={field: [message]})


def require_summoning(by: User) -> None:
    """Raise SummonsNobody unless the user's agency summons in some track."""
    if not tracks_of(by).exists():
        raise SummonsNobody(_("Your agency summons nobody, so it registers no parties."))


def require_own_track(track: Track, *, owner_code: str) -> None:
    """Raise TrackOfAnother unless the agency with this code is the one that summons in the track."""
    if track.summoned_by != owner_code:
        raise TrackOfAnother(
            _("In track %(number)s it is %(agency)s that summons.")
            % {"number": track.number, "agency": agency_name(track.summoned_by)}
        )
