"""One row at least in every table that leads to a person."""

from django.utils import timezone

from agencies.models import Reading, SpotCheck, User
from agencies.read_log.log import log_reading
from bookings.models import Chain, Disclosure, Meeting, Newcomer, OwnContact, Party
from tests.factories.bookings import (
    AttendanceEventFactory,
    ChainFactory,
    ChainOrderFactory,
    ClaimFactory,
    ContactBlockFactory,
    DisclosureFactory,
    EventFactory,
    ExtractFactory,
    ExtractWishFactory,
    LinkFactory,
    MeetingFactory,
    MessageFactory,
    OpeningFactory,
    OwnContactFactory,
    PartyFactory,
    ReplyFactory,
    SealedIdentityFactory,
    SealedWordFactory,
    StopChoiceFactory,
    SummonsAnswerFactory,
    SummonsCopyFactory,
    SummonsFactory,
    UnderstandingFactory,
    UnwantedInterpreterFactory,
    WaitingPartyFactory,
    change_something,
)
from tests.factories.checklists import (
    AgencyNoteFactory,
    ChecklistFactory,
    ConsentEventFactory,
    NoteFactory,
    ReferralFactory,
    ReferralKindFactory,
    TickFactory,
)
from tests.factories.interpreters import InterpreterOrderFactory, OrderEventFactory


def row_in_each_table(user: User) -> Chain:
    """A booked family of the user's agency, with one row at least in every person table."""
    party = PartyFactory(registered_by=user)
    StopChoiceFactory(party=party)
    DisclosureFactory(party=party)
    SealedIdentityFactory(party=party)
    SealedWordFactory(party=party)
    OpeningFactory(party=party)
    chain = ChainFactory(party=party)
    meeting = MeetingFactory(chain=chain)
    ClaimFactory(meeting=meeting)
    UnderstandingFactory(meeting=meeting, by=user)
    UnwantedInterpreterFactory(party=party, by=user)
    AttendanceEventFactory(meeting=meeting)
    order = InterpreterOrderFactory(agency=user.agency, site_day=chain.site_day)
    OrderEventFactory(order=order, by=user)
    ChainOrderFactory(chain=chain, order=order)
    EventFactory(party=party, chain=chain)
    ExtractFactory(newcomer=party.members.first())
    ExtractWishFactory(newcomer=party.members.first())
    OwnContactFactory(newcomer=party.members.first())
    for changed in (Party, Newcomer, OwnContact, Chain, Meeting, Disclosure):
        change_something(changed)
    MessageFactory(chain=chain)
    SummonsAnswerFactory(chain=chain)
    WaitingPartyFactory(party=party)
    ContactBlockFactory(party=party)
    ReplyFactory(party=party)
    SummonsCopyFactory(summons=SummonsFactory(chain=chain), link=LinkFactory(chain=chain))
    NoteFactory(party=party)
    AgencyNoteFactory(party=party)
    ConsentEventFactory(party=party)
    checklist = ChecklistFactory(chain=chain)
    TickFactory(checklist=checklist, ticked_by=user)
    kind = ReferralKindFactory(starters=[party.owner.code])
    ReferralFactory(checklist=checklist, kind=kind, referred_by=user)
    return chain


def read_and_checked(party: Party, manager: User) -> None:
    log_reading(
        people=[party.members.all()[0].key],
        what=Reading.What.PAGE,
        why=Reading.Why.CASEWORK,
        at=timezone.now(),
    )
    assert manager.agency
    SpotCheck.objects.create(
        reading=Reading.objects.latest("pk"),
        agency=manager.agency,
        verdict=SpotCheck.Verdict.CHECKED,
        initials="TT",
        by=manager,
        at=timezone.now(),
    )
