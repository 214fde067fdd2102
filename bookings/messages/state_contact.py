"""Keep where an adult says to be reached, and let the messages follow."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agencies.dispatches.outbox import add_dispatches, viewer_for
from agencies.models import Dispatch
from agencies.refusals import Refusal
from agencies.rosters.locks import lock_resources
from agencies.secrecy.context import acting_as
from agencies.validators import clean_phone
from bookings.messages.plan import plan_receipt, plan_reminders_anew
from bookings.models import Chain, Link, Message, OwnContact, Party, Summons
from bookings.parties.queries import day_ahead

KIND = "bookings.own_contact"  # of dispatch: a contact that its adult has stated
MOST_RECEIPTS = 5  # of one adult within a day


class ContactNotUsable(Refusal):
    """What was typed is no telephone number or no e-mail address."""

    kind = "contact-not-usable"


class ContactSealed(Refusal):
    """The identity is protected: no contact is kept, and nothing is sent."""

    kind = "contact-sealed"
    status = 409


class ContactTooOften(Refusal):
    """The adult has had so many receipts today that another number gets none."""

    kind = "contact-too-often"
    status = 429


def state_contact(*, link: Link, phone: str, email: str, at: datetime) -> OwnContact | None:
    """Keep the own telephone and e-mail of the link's adult, as the holder of its paper code.

    Both empty: the party's serve. The same again changes nothing. Raises ContactNotUsable, ContactSealed
    or ContactTooOften; then nothing is written.
    """
    chain = Chain.objects.select_related("party").get(pk=link.chain_id)
    if chain.party.is_protected:
        raise ContactSealed(
            _("Your identity is protected, so we send no messages. Call us if you need something.")
        )
    typed = _checked(OwnContact(party=chain.party, newcomer_id=link.newcomer_id, phone=phone, email=email))
    try:
        with transaction.atomic():
            return _keep(typed, chain, link, at=at)
    except IntegrityError:  # another tap has just kept the first one
        with transaction.atomic():
            return _keep(typed, chain, link, at=at)


def follow_dispatched(dispatch: Dispatch, *, at: datetime) -> None:
    """Let the reminders of the day ahead follow the contact, and staff who have the party open notice."""
    with acting_as(viewer_for(dispatch)), transaction.atomic():
        contact = OwnContact.objects.select_related("party").filter(pk=dispatch.subject).first()
        if contact is None:
            return
        lock_resources([contact.party.resource_id])
        Party.objects.filter(pk=contact.party_id).update(version=F("version") + 1)
        chain = day_ahead(contact.party, at=at)
        if chain:
            plan_reminders_anew(chain=chain, by=dispatch.by, at=at)


def _keep(typed: OwnContact, chain: Chain, link: Link, *, at: datetime) -> OwnContact | None:
    kept = OwnContact.objects.select_for_update().filter(newcomer=link.newcomer_id).first()
    if kept is None and not (typed.phone or typed.email):
        return None
    if kept and (kept.phone, kept.email) == (typed.phone, typed.email):
        return kept
    _require_few_receipts(link, at=at)
    contact = kept or typed
    contact.phone, contact.email, contact.stated_at = typed.phone, typed.email, at
    contact.save()
    asker = Summons.objects.filter(chain=chain).select_related("made_by").latest("version").made_by
    add_dispatches(kind=KIND, due={contact.pk: at}, by=asker, at=at, agency=chain.party.owner_id)
    plan_receipt(link=link, by=None, at=at)
    return contact


def _require_few_receipts(link: Link, *, at: datetime) -> None:
    """Each number that is stated gets a text message: nobody is to send them to any number that comes to mind."""
    today = Message.objects.filter(
        link=link, kind=Message.Kind.RECEIPT, planned_at__gt=at - timedelta(days=1)
    )
    if today.count() >= MOST_RECEIPTS:
        raise ContactTooOften(_("You have changed this many times today. Call us if it is still wrong."))


def _checked(typed: OwnContact) -> OwnContact:
    """With the number in international form. Raises ContactNotUsable."""
    errors = {}
    try:
        typed.phone = clean_phone(typed.phone)
    except ValidationError:
        errors["phone"] = [_("That is not a telephone number. Write it with digits.")]
    typed.email = typed.email.strip()
    try:
        typed.clean_fields(exclude=["party", "newcomer", "phone"])
    except ValidationError:
        errors["email"] = [_("That is not an e-mail address. Write it as name@example.com.")]
    if errors:
        raise ContactNotUsable(_("Some of this cannot be used. Look at the marked fields."), errors=errors)
    return typed
