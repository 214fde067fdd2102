"""Who has been seen: reading a person's name notes the person, and where nobody takes notes no name is read."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.db.models.query_utils import DeferredAttribute


class NoReadLogOpen(RuntimeError):
    """A person was read where the read log would never have heard of it."""


@dataclass(slots=True)
class Notes:
    """Whom one request or task has seen, and whom of them the read log has already; where and what for."""

    seen: set[UUID] = field(default_factory=set)
    written: set[UUID] = field(default_factory=set)
    route: str = ""
    why: str = ""
    request: str = ""
    refused: str = ""
    link: str = ""

    @property
    def unwritten(self) -> set[UUID]:
        return self.seen - self.written


_present: ContextVar[Notes | None] = ContextVar("notes", default=None)


@contextmanager
def taking_notes() -> Iterator[Notes]:
    """New notes for as long as the block lasts; whoever opens it sees to it that they are written down."""
    notes = Notes()
    token = _present.set(notes)
    try:
        yield notes
    finally:
        _present.reset(token)


def current_notes() -> Notes:
    """The notes of the running request or task."""
    notes = _present.get()
    if notes is None:
        raise NoReadLogOpen("Read people in a request, or in a task `with logged(...)` of agencies.reading.")
    return notes


def note_person(*people: UUID) -> None:
    """Note who is about to be shown."""
    current_notes().seen.update(people)


def note_refusal(reason: str, *, link: str = "") -> None:
    """Note that the request has come with something forged or closed; seeding and the shell have no notes."""
    if notes := _present.get():
        notes.refused, notes.link = reason, link


class Seen(DeferredAttribute):
    """A field that cannot be read unseen."""

    def __get__(self, person: Model | None, owner: type[Model] | None = None) -> Any:
        if person is not None and person.pk is not None:
            note_person(person.key)
        return super().__get__(person, owner)

    def __set__(self, person: Model, value: Any) -> None:
        person.__dict__[self.field.attname] = value


def personal(*names: str) -> Callable[[type[Model]], type[Model]]:
    """Make these fields of the model, whose rows have a `key`, such that reading them is noted."""

    def fit(model: type[Model]) -> type[Model]:
        for name in names:
            setattr(model, name, Seen(model._meta.get_field(name)))
        return model

    return fit
