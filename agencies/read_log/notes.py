"""Notes of who was read: reading a person's name notes the person, and is an error where no notes are taken."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Field, Model
from django.db.models.query_utils import DeferredAttribute

AnyModel = TypeVar("AnyModel", bound=Model)


class NoReadLogOpen(RuntimeError):
    """A person's name was read where no notes are taken, so that the read log would miss it."""


@dataclass(slots=True)
class Notes:
    """Keys of the people whom one request or task has seen and already logged, and the request's data for the log."""

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
    """Take new notes within the block; the caller writes them to the read log."""
    notes = Notes()
    token = _present.set(notes)
    try:
        yield notes
    finally:
        _present.reset(token)


def current_notes() -> Notes:
    """The notes of the running request or task. Raises NoReadLogOpen."""
    notes = _present.get()
    if notes is None:
        raise NoReadLogOpen(
            "Read people in a request, or in a task `with logged(...)` of agencies.read_log.log."
        )
    return notes


def note_person(*people: UUID) -> None:
    """Note people (keys of newcomers) who are about to be shown."""
    current_notes().seen.update(people)


def note_refusal(reason: str, *, link: str = "") -> None:
    """Note why the request is refused; does nothing where no notes are taken, as in the shell."""
    if notes := _present.get():
        notes.refused, notes.link = reason, link


class NotedAttribute(DeferredAttribute):
    """A model field whose reading notes the person."""

    def __get__(self, person: Any, owner: type[Model] | None = None) -> Any:
        if person is not None and person.pk is not None:
            note_person(person.key)
        return super().__get__(person, owner)

    def __set__(self, person: Any, value: Any) -> None:
        person.__dict__[self.field.attname] = value


def personal(*names: str) -> Callable[[type[AnyModel]], type[AnyModel]]:
    """Decorate a model with a `key` (uuid) so that reading these fields notes the person."""

    def decorate(model: type[AnyModel]) -> type[AnyModel]:
        for name in names:
            field = model._meta.get_field(name)
            assert isinstance(field, Field)
            setattr(model, name, NotedAttribute(field))
        return model

    return decorate
