"""What a pressed button of the board or of the host's page says: record a kind of a meeting, or undo it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from agencies.models import User
from agencies.web.requests import StaffRequest
from bookings.board.queries import Board
from bookings.board.record import record_on_board, undo_on_board
from bookings.chains.check_in import NoSuchMeeting


@dataclass(frozen=True, slots=True)
class Press:
    """A kind of attendance, and the name of the meeting that it is recorded or undone of."""

    kind: str
    meeting: str
    is_undo: bool

    def carry_out(self, board: Board, *, by: User) -> None:
        """Record or undo it on the board. Raises Refusal."""
        stood = board.named(self.meeting)
        if stood is None:
            raise NoSuchMeeting(_("This meeting is not on your board."))
        verb = undo_on_board if self.is_undo else record_on_board
        verb(meeting=stood.meeting.key, kind=self.kind, by=by, at=board.at)


def read_press(request: StaffRequest) -> Press:
    """The button's value is "kind@meeting"; without one both are empty."""
    undo = request.POST.get("undo", "")
    kind, _at, meeting = (undo or request.POST.get("record", "")).partition("@")
    return Press(kind, meeting, bool(undo))
