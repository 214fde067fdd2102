"""Parties and booked chains. They stand behind the walls: make them inside `with acting(user):`."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import factory
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Model
from django.utils import timezone

from agencies.models import Agency, Municipality, Resource, Service, Sex, Who
from agencies.references import new_reference
from agencies.spoken import WITHOUT_INTERPRETER, of_letter
from bookings.models import (
    AttendanceEvent,
    Chain,
    ChainOrder,
    Claim,
    ContactBlock,
    Disclosure,
    Event,
    Extract,
    ExtractWish,
    GroupMeeting,
    LegalBasis,
    Link,
    Meeting,
    Message,
    Newcomer,
    Opening,
    OwnContact,
    Party,
    Reply,
    SealedIdentity,
    SealedWord,
    StopChoice,
    Summons,
    SummonsAnswer,
    SummonsCopy,
    Track,
    Understanding,
    UnwantedInterpreter,
    WaitingParty,
)
from bookings.summons.issue import end_of_links
from tests.factories.agencies import ResourceFactory, SiteDayFactory, the_site
from tests.factories.model import ModelFactory, lettered

# A couple in their thirties with a child at school and one at preschool.
FAMILY_OF_FOUR = (date(1988, 3, 14), date(1990, 11, 2), date(2016, 5, 21), date(2021, 8, 9))


class PartyFactory(ModelFactory[Party]):
    """A party of `registered_by`'s agency; `members=` takes birth dates."""

    class Meta:
        model = Party
        skip_postgeneration_save = True

    reference = factory.LazyFunction(new_reference)
    owner = factory.SelfAttribute("registered_by.agency")
    resource = factory.SubFactory(ResourceFactory, kind=Resource.Kind.PARTY)
    language = "ar"
    interpreter_language = factory.LazyAttribute(lambda party: of_letter(party.language))
    needs_interpreter = factory.LazyAttribute(lambda party: party.language not in WITHOUT_INTERPRETER)
    municipality = factory.LazyFunction(lambda: Municipality.objects.get(code="0581"))
    legal_basis = factory.LazyFunction(lambda: LegalBasis.objects.get(code="UTL-5-1"))
    address = "Exempelgatan 2, 602 00 Norrköping"
    registered_at = factory.LazyFunction(timezone.now)
    registration = factory.LazyFunction(uuid4)

    @factory.post_generation
    def members(self, create, extracted: Iterable[date] | None, **kwargs):
        for birth in FAMILY_OF_FOUR if extracted is None else extracted:
            NewcomerFactory(party=self, birth_date=birth)


class NewcomerFactory(ModelFactory[Newcomer]):
    class Meta:
        model = Newcomer

    given_name = factory.Sequence(lettered("Given {}"))
    family_name = "Family"
    birth_date = date(1990, 1, 1)
    sex = Sex.FEMALE


class StopChoiceFactory(ModelFactory[StopChoice]):
    class Meta:
        model = StopChoice

    agency_code = "PM"
    is_on = True


class DisclosureFactory(ModelFactory[Disclosure]):
    """The party's names, opened to Försäkringskassan for a month."""

    class Meta:
        model = Disclosure

    discloser = factory.SelfAttribute("party.owner")
    agency = factory.LazyFunction(lambda: Agency.objects.get(code="FK"))
    site = factory.LazyFunction(the_site)
    category = Disclosure.Category.NAMES
    source = Disclosure.Source.CONSENT
    given_at = factory.LazyFunction(timezone.now)
    until = factory.LazyAttribute(lambda disclosure: disclosure.given_at + timedelta(days=30))


class SealedIdentityFactory(ModelFactory[SealedIdentity]):
    class Meta:
        model = SealedIdentity

    contact = factory.Dict({})
    people = factory.Dict({})


class SealedWordFactory(ModelFactory[SealedWord]):
    class Meta:
        model = SealedWord

    digest = "0" * 64


class OpeningFactory(ModelFactory[Opening]):
    """The seal opened just now by whoever registered the party."""

    class Meta:
        model = Opening

    by = factory.SelfAttribute("party.registered_by")
    at = factory.LazyFunction(timezone.now)
    reason = "Telephone call from the family"


class ChainFactory(ModelFactory[Chain]):
    """A booked chain without meetings; tests of booking go through the verb instead."""

    class Meta:
        model = Chain

    reference = factory.LazyFunction(new_reference)
    booked_by = factory.SelfAttribute("party.registered_by")
    site_day = factory.SubFactory(SiteDayFactory)
    track = factory.LazyFunction(lambda: Track.objects.get(number=1))
    number = factory.LazyAttribute(lambda chain: chain.party.chains.count() + 1)
    waiting_minutes = 0
    proposal = "0" * 64
    booked_at = factory.LazyFunction(timezone.now)


class MeetingFactory(ModelFactory[Meeting]):
    """The chain's first meeting: with whoever booked it, when the day opens, for half an hour."""

    class Meta:
        model = Meeting

    caseworker = factory.SelfAttribute("chain.booked_by")
    agency = factory.SelfAttribute("caseworker.agency")
    service = factory.LazyAttribute(lambda meeting: Service.objects.get(agency_code=meeting.agency.code))
    who = Who.ADULTS
    starts_at = factory.SelfAttribute("chain.site_day.opens_at")
    ends_at = factory.LazyAttribute(lambda meeting: meeting.starts_at + timedelta(minutes=30))
    attendance = factory.LazyAttribute(
        lambda meeting: (
            Meeting.Attendance.BEGAN
            if getattr(meeting, "checked_in_at", None)
            else Meeting.Attendance.EXPECTED
        )
    )


class GroupMeetingFactory(ModelFactory[GroupMeeting]):
    """An hour of Arabic from when the day opens, with `caseworker`; made inside `with acting(by):`, without claims."""

    class Meta:
        model = GroupMeeting

    reference = factory.LazyFunction(new_reference)
    agency = factory.SelfAttribute("caseworker.agency")
    language = "ara"
    starts_at = factory.SelfAttribute("site_day.opens_at")
    ends_at = factory.LazyAttribute(lambda group: group.starts_at + timedelta(hours=1))
    capacity = 5
    conditions = factory.LazyFunction(lambda: ["one", "two", "three", "four"])
    opened_by = factory.SelfAttribute("caseworker")
    opened_at = factory.LazyAttribute(lambda group: group.starts_at - timedelta(days=14))


class AttendanceEventFactory(ModelFactory[AttendanceEvent]):
    """That the meeting began when it should."""

    class Meta:
        model = AttendanceEvent

    kind = AttendanceEvent.Kind.BEGAN
    by = factory.SelfAttribute("meeting.caseworker")
    at = factory.SelfAttribute("meeting.starts_at")


class UnderstandingFactory(ModelFactory[Understanding]):
    """That people understood each other at the meeting."""

    class Meta:
        model = Understanding

    degree = Understanding.Degree.YES
    by = factory.SelfAttribute("meeting.caseworker")
    at = factory.SelfAttribute("meeting.ends_at")


class UnwantedInterpreterFactory(ModelFactory[UnwantedInterpreter]):
    """An interpreter of Arabic at Norrköping whom the party does not wish to have again."""

    class Meta:
        model = UnwantedInterpreter

    interpreter = factory.SubFactory("tests.factories.interpreters.InterpreterFactory")
    at = factory.LazyFunction(timezone.now)


class ClaimFactory(ModelFactory[Claim]):
    class Meta:
        model = Claim

    resource = factory.SelfAttribute("meeting.caseworker.resource")
    period = factory.LazyAttribute(
        lambda claim: DateTimeTZRange(claim.meeting.starts_at, claim.meeting.ends_at)
    )


class EventFactory(ModelFactory[Event]):
    class Meta:
        model = Event

    kind = Event.Kind.REGISTERED
    at = factory.LazyFunction(timezone.now)
    by = factory.SelfAttribute("party.registered_by")


class SummonsFactory(ModelFactory[Summons]):
    class Meta:
        model = Summons

    version = 1
    made_at = factory.LazyFunction(timezone.now)
    made_by = factory.SelfAttribute("chain.booked_by")
    day = factory.Dict({})


class LinkFactory(ModelFactory[Link]):
    class Meta:
        model = Link

    newcomer = factory.LazyAttribute(lambda link: link.chain.party.members.first())
    token_hash = factory.Sequence("{:064x}".format)
    valid_until = factory.LazyAttribute(lambda link: end_of_links(link.chain))


class MessageFactory(ModelFactory[Message]):
    """A text message in Arabic with the first summons, which has not gone out."""

    class Meta:
        model = Message

    party = factory.SelfAttribute("chain.party")
    version = 1
    kind = Message.Kind.SUMMONS
    channel = "sms"
    language = "ar"
    planned_at = factory.LazyFunction(timezone.now)
    due_at = factory.SelfAttribute("planned_at")


class SummonsAnswerFactory(ModelFactory[SummonsAnswer]):
    """That the first adult is coming, by the link."""

    class Meta:
        model = SummonsAnswer

    party = factory.SelfAttribute("chain.party")
    newcomer = factory.LazyAttribute(lambda answer: answer.party.members.first())
    kind = SummonsAnswer.Kind.YES
    source = SummonsAnswer.Source.PAGE
    given_at = factory.LazyFunction(timezone.now)


class WaitingPartyFactory(ModelFactory[WaitingParty]):
    """A party that has no day yet, at its municipality's site."""

    class Meta:
        model = WaitingParty

    site = factory.SelfAttribute("party.municipality.site")
    why = WaitingParty.Why.NO_DAY
    since = factory.LazyFunction(timezone.now)
    added_by = factory.SelfAttribute("party.registered_by")


class OwnContactFactory(ModelFactory[OwnContact]):
    class Meta:
        model = OwnContact

    party = factory.SelfAttribute("newcomer.party")
    phone = "+46701740614"


class ContactBlockFactory(ModelFactory[ContactBlock]):
    class Meta:
        model = ContactBlock

    channel = "sms"
    digest = factory.Sequence("{:064x}".format)
    why = ContactBlock.Why.STOPPED
    at = factory.LazyFunction(timezone.now)


class ReplyFactory(ModelFactory[Reply]):
    class Meta:
        model = Reply

    outcome = Reply.Outcome.ANSWERED
    sender = factory.Sequence("{:064x}".format)
    said = "0" * 64
    language = "ar"
    at = factory.LazyFunction(timezone.now)


class SummonsCopyFactory(ModelFactory[SummonsCopy]):
    class Meta:
        model = SummonsCopy

    pdf = b"%PDF-"


class ExtractFactory(ModelFactory[Extract]):
    """What the party's agency was asked for and has not made yet."""

    class Meta:
        model = Extract

    asked_by = factory.SelfAttribute("newcomer.party.registered_by")
    agency = factory.SelfAttribute("asked_by.agency")
    asked_at = factory.LazyFunction(timezone.now)
    language = "ar"


class ExtractWishFactory(ModelFactory[ExtractWish]):
    """What a member of the party asks of its agency."""

    class Meta:
        model = ExtractWish

    agency = factory.SelfAttribute("newcomer.party.owner")
    chain_reference = "N4K-7QT"
    asked_at = factory.LazyFunction(timezone.now)


def change_something(model: type[Model]) -> None:
    """Update every row of the model, so that its history of changes has an entry for each."""
    touched: dict[type[Model], dict[str, Any]] = {
        Party: {"extra_time": True},
        Newcomer: {"sex": ""},
        Chain: {"waiting_minutes": 5},
        Meeting: {"who": Who.EVERYONE},
        Disclosure: {"source": Disclosure.Source.CHECK_IN},
        OwnContact: {"email": "layla@example.org"},
    }
    model._default_manager.update(**touched[model])


class ChainOrderFactory(ModelFactory[ChainOrder]):
    """The order that serves the chain from outside."""

    class Meta:
        model = ChainOrder
