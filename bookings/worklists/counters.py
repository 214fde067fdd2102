"""What apps above this one let wait on the page of tasks and in the menu; they register it when they are loaded."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from agencies.models import Role, User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# A row for each that waits for the user on the day, which is given as an expression.
Rows = Callable[[User, Any], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class TaskKind:
    """Something that waits for these roles: its heading, what it is, and the page, by the name of its address, and act.

    With `is_page` it is told quietly while there is any, to a host in the menu, and is no task that is counted.
    """

    name: str
    roles: Collection[Role]
    rows: Rows
    heading: "StrOrPromise"
    about: "StrOrPromise"
    why: "StrOrPromise"
    page: str
    act: "StrOrPromise"
    is_page: bool = False


KINDS: dict[str, TaskKind] = {}


def register_tasks(kind: TaskKind) -> None:
    """Let the menu count the rows of this kind, and the page of tasks tell of them."""
    KINDS[kind.name] = kind
