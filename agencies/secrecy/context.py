"""The viewer of the current transaction, as the database settings that row level security reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from agencies.models import User


class NestedContext(RuntimeError):
    """A transaction has one viewer; it cannot be changed, nor set outside a transaction."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whom row level security shows rows to: a user (keys of user, agency, sites), or the holder of a newcomer's link.

    `link` and `code` are the hashes of the link's token and of the paper code.
    """

    user: int | None = None
    agency: int | None = None
    sites: tuple[int, ...] = ()
    role: str = ""
    link: str = ""
    code: str = ""

    def settings(self) -> dict[str, str]:
        """The database settings by name."""
        return {
            "motesplats.user": str(self.user or ""),
            "motesplats.agency": str(self.agency or ""),
            "motesplats.sites": ",".join(map(str, self.sites)),
            "motesplats.role": self.role,
            "motesplats.link": self.link,
            "motesplats.code": self.code,
        }


NOBODY = Viewer()


def viewer_of(user: User) -> Viewer:
    """The signed-in user as viewer."""
    sites = tuple(user.sites.order_by("pk").values_list("pk", flat=True))
    return Viewer(user=user.pk, agency=user.agency_id, sites=sites, role=user.role)


def enter(viewer: Viewer) -> None:
    """Set the viewer of the running transaction. Raises NestedContext if it has another one."""
    if not connection.in_atomic_block:
        raise NestedContext("Open a transaction before saying whom it acts for.")
    _change(current(), viewer)


def current() -> Viewer:
    """The viewer of the running transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('motesplats.user', true), current_setting('motesplats.agency', true),"
            " current_setting('motesplats.sites', true), current_setting('motesplats.role', true),"
            " current_setting('motesplats.link', true), current_setting('motesplats.code', true)"
        )
        user, agency, sites, role, link, code = cursor.fetchone()
    return Viewer(
        user=int(user) if user else None,
        agency=int(agency) if agency else None,
        sites=tuple(map(int, sites.split(","))) if sites else (),
        role=role or "",
        link=link or "",
        code=code or "",
    )


@contextmanager
def acting_as(viewer: Viewer) -> Iterator[None]:
    """Open a transaction, or a savepoint in a running one, with this viewer; afterwards the viewer is as before.

    Raises NestedContext if the running transaction has another viewer.
    """
    is_within = connection.in_atomic_block
    with transaction.atomic():
        outer = current() if is_within else NOBODY
        _change(outer, viewer)
        yield
        if is_within and not connection.needs_rollback:
            _write(outer)


def _change(outer: Viewer, viewer: Viewer) -> None:
    if outer not in (NOBODY, viewer):
        raise NestedContext("This transaction already acts for somebody else.")
    _write(viewer)


def _write(viewer: Viewer) -> None:
    settings = viewer.settings() | {"motesplats.moment": timezone.now().isoformat()}
    calls = ", ".join(["set_config(%s, %s, true)"] * len(settings))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", [part for pair in settings.items() for part in pair])
