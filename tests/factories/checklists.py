"""Checklists and what hangs on them. They stand behind the walls: make them inside `with acting(user):`."""

from datetime import date, timedelta

import factory
from django.utils import timezone

from agencies.models import Agency
from checklists.models import (
    AgencyNote,
    Checklist,
    ConsentEvent,
    Note,
    Referral,
    ReferralKind,
    Step,
    Template,
    Tick,
)
from tests.factories.agencies import the_site
from tests.factories.model import ModelFactory


class ChecklistFactory(ModelFactory[Checklist]):
    """The chain's checklist after the newest template for every site."""

    class Meta:
        model = Checklist

    template = factory.LazyAttribute(
        lambda checklist: Template.objects.filter(site=None, track=checklist.chain.track_id).first()
    )
    opened_at = factory.LazyFunction(timezone.now)


class TickFactory(ModelFactory[Tick]):
    """The first step of `ticked_by`'s agency, done the day before."""

    class Meta:
        model = Tick

    agency = factory.SelfAttribute("ticked_by.agency")
    step = factory.LazyAttribute(
        lambda tick: Step.objects.filter(
            template=tick.checklist.template_id, agency_code=tick.agency.code, by_check_in=False
        ).first()
    )
    done_on = factory.LazyAttribute(lambda tick: (tick.ticked_at - timedelta(days=1)).date())
    ticked_at = factory.LazyFunction(timezone.now)


class ReferralKindFactory(ModelFactory[ReferralKind]):
    class Meta:
        model = ReferralKind

    code = factory.Sequence("kind-{}".format)
    name = "Gemensamt möte"
    valid_from = date(2016, 1, 1)


class ReferralFactory(ModelFactory[Referral]):
    class Meta:
        model = Referral

    agency = factory.SelfAttribute("referred_by.agency")
    kind = factory.LazyAttribute(
        lambda referral: ReferralKind.objects.filter(starters__contains=[referral.agency.code]).first()
    )
    started_on = factory.LazyAttribute(lambda referral: referral.referred_at.date())
    precondition_holds = True
    referred_at = factory.LazyFunction(timezone.now)


class NoteFactory(ModelFactory[Note]):
    """Written by whoever registered the party."""

    class Meta:
        model = Note

    text = "Vi har en fråga om skolan."
    written_at = factory.LazyFunction(timezone.now)
    written_by = factory.SelfAttribute("party.registered_by")


class AgencyNoteFactory(ModelFactory[AgencyNote]):
    """Of the agency that registered the party, by whoever did."""

    class Meta:
        model = AgencyNote

    agency = factory.SelfAttribute("written_by.agency")
    text = "Ringde, fick inget svar."
    written_at = factory.LazyFunction(timezone.now)
    written_by = factory.SelfAttribute("party.registered_by")


class ConsentEventFactory(ModelFactory[ConsentEvent]):
    """Försäkringskassan may see the name, recorded on paper by whoever registered the party."""

    class Meta:
        model = ConsentEvent

    kind = ConsentEvent.Kind.GIVEN
    newcomer = factory.LazyAttribute(lambda event: event.party.members.first())
    discloser = factory.SelfAttribute("party.owner")
    recipient = factory.LazyFunction(lambda: Agency.objects.get(code="FK"))
    site = factory.LazyFunction(the_site)
    category = "names"
    purpose = "Mötet förbereds."
    day = factory.LazyAttribute(lambda event: event.at.date())
    until = factory.LazyAttribute(lambda event: event.at + timedelta(days=30))
    language = "sv"
    text = "Får Migrationsverket visa ditt namn för Försäkringskassan?"
    text_version = "2026-11-22"
    channel = ConsentEvent.Channel.PAPER
    witness = "Test Vittne"
    recorded_by = factory.SelfAttribute("party.registered_by")
    at = factory.LazyFunction(timezone.now)
