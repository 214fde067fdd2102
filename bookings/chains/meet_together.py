"""Hold meetings with two agencies of a day as one: one time, one room, one interpreter, each at its own desk."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.dates import clock
from agencies.models import User
from agencies.refusals import Refusal
from bookings.attendance.queries import hard_orders
from bookings.chains.book import move_chain, require_booked
from bookings.chains.outside import MustMoveFirst
from bookings.chains.versions import Seen, require_seen, tag_of
from bookings.chains.write_meetings import MeetingHasBegun
from bookings.models import Chain, Meeting
from bookings.parties.queries import meetings_by_key, profile_of
from bookings.proposals.answer import Option
from bookings.proposals.propose import propose


class NotTogether(Refusal):
    """These two meetings cannot be held as one."""

    kind = "not-together"
    status = 409


class TimeNotUsable(Refusal):
    kind = "time-not-usable"
    field = "starts"


class NotTogetherThen(Refusal):
    """Not at that time: `times` are the nearest of the day that work for both."""

    kind = "not-together-then"
    status = 409
    field = "starts"

    def __init__(self, times: list[str]) -> None:
        said = _("They cannot be met together then. Possible that day: %(times)s.")
        none = _("There is no time that day at which they can be met together. Move the day first.")
        super().__init__(said % {"times": ", ".join(times)} if times else none)
        self.times = times


def meet_together(
    *,
    chain: Chain,
    host: str,
    joined: str,
    starts: datetime | None = None,
    by: User,
    at: datetime,
    seen: Seen = None,
) -> Chain:
    """Hold the meeting that is called `joined` together with the host's, at its time or at `starts`; again is nothing.

    Both last as long as the longer of them. The letter gets a new version with one stop for both. Each is met by
    itself again when it, or the whole day, is moved.
    Raises NotTogether, NotTogetherThen, NotBooked, ChangedMeanwhile, MustMoveFirst or MeetingHasBegun, or what
    `move_chain` and `propose` raise; then nothing is written.
    """
    require_booked(chain, at=at)
    meetings = meetings_by_key(chain)
    _require_known(meetings, host, joined)
    starts = starts or meetings[host].starts_at
    is_so = meetings[joined].together_with_id == meetings[host].pk and starts == meetings[host].starts_at
    if is_so:
        return chain
    require_seen(chain, seen)
    if chain.must_move:
        raise MustMoveFirst(_("This day no longer fits the party. Choose another time first."))
    _require_possible(chain, meetings, host, joined)
    option = _option(chain, host, joined, starts, at=at)
    return move_chain(chain=chain, proposal=option.proposal.sign(), by=by, at=at, seen=[tag_of(chain)])


def may_be_together(meeting: Meeting) -> bool:
    """Whether the meeting is one that others can be held with: of all, at the place, alone with its agency."""
    is_ahead = meeting.checked_in_at is None and meeting.group_id is None
    return is_ahead and meeting.person_id is None and meeting.form == Meeting.Form.ON_SITE


def _require_known(meetings: Mapping[str, Meeting], host: str, joined: str) -> None:
    if host == joined or host not in meetings or joined not in meetings:
        raise NotTogether(_("This day has no such meeting."))


def _require_possible(chain: Chain, meetings: Mapping[str, Meeting], host: str, joined: str) -> None:
    """Raises NotTogether or MeetingHasBegun."""
    both = meetings[host], meetings[joined]
    if any(meeting.checked_in_at for meeting in both):
        raise MeetingHasBegun(_("This meeting has begun."))
    if not all(map(may_be_together, both)):
        raise NotTogether(
            _("Only meetings of the whole party at the place are held together, and no group's.")
        )
    hosts = {meeting.together_with_id for meeting in meetings.values()}
    if both[0].together_with_id or both[1].pk in hosts:
        raise NotTogether(_("It is held together with another one already. Move it first."))
    codes = {meeting.agency.code for meeting in both}
    if any(codes == {*pair} for pair in hard_orders(chain.track_id, on=chain.site_day.date)):
        raise NotTogether(_("The party must meet the agencies in another order."))


def _option(chain: Chain, host: str, joined: str, starts: datetime, *, at: datetime) -> Option:
    """The day with both at that time. Raises NotTogetherThen."""
    day = chain.site_day.date
    options = propose(
        profile=profile_of(chain.party),
        site=chain.site_day.location.site,
        track=chain.track,
        first=day,
        last=day,
        at=at,
        moving=chain,
        meeting=host,
        starts=starts,
        joined=joined,
    ).options
    begins = {_begin(option, host): option for option in options}
    if starts not in begins:
        raise NotTogetherThen([clock(local(moment)) for moment in sorted(begins)])
    return begins[starts]


def _begin(option: Option, key: str) -> datetime:
    return next(offer.starts_at for offer in option.proposal.offers if offer.key == key)
