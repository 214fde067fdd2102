"""A refusal comes out of another process as it was raised there."""

import pickle

from agencies.refusals import Refusal
from bookings.chains.placement import SlotTaken
from bookings.chains.versions import MovedMeanwhile
from bookings.parties.register import NotUsable


def every_kind(of: type[Refusal] = Refusal) -> list[type[Refusal]]:
    return [of, *(kind for below in of.__subclasses__() for kind in every_kind(below))]


def test_a_refusal_keeps_its_kind_message_and_fields():
    for raised in (SlotTaken(), NotUsable("No.", errors={"phone": ["Too short."]})):
        told = pickle.loads(pickle.dumps(raised))
        assert (type(told), told.message, told.errors, str(told)) == (
            type(raised),
            raised.message,
            raised.errors,
            str(raised),
        )


def test_every_kind_of_refusal_can_be_told():
    assert MovedMeanwhile in every_kind()
    for kind in every_kind():
        raised = kind.__new__(kind, "No.")
        assert type(pickle.loads(pickle.dumps(raised))) is kind
