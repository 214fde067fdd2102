"""A letter that is printed while its party's identity is being protected shows the alias."""

import threading
from datetime import date

import pytest
from django.db import close_old_connections, connection, transaction

from agencies.read_log.notes import taking_notes
from agencies.secrecy.context import acting_as, viewer_of
from bookings.models import Summons
from bookings.parties.members import Member
from bookings.parties.protect import protect_party
from bookings.summons import copies
from tests.bookings.booking_steps import book, open_days, register
from tests.factories.agencies import UserFactory
from tests.moment import NOW


@pytest.mark.django_db(transaction=True)
def test_a_print_that_waits_for_the_protection_prints_the_alias(acting, clock, monkeypatch):
    open_days()
    by = UserFactory()
    printed: list[str] = []

    def compose(_summons, link) -> str:
        printed.append(str(link.newcomer))
        return "letter"

    monkeypatch.setattr(copies, "compose", compose)
    monkeypatch.setattr(copies, "render_each_and_all", lambda letters: [b"%PDF-"] * (len(letters) + 1))
    with acting(by):
        party = register(by, members=[Member("Layla", "Haddad", date(1992, 5, 17), "F")])
        summons = book(party, by).summonses.get().pk

    def print_them() -> None:
        try:
            with taking_notes(), acting_as(viewer_of(by)):
                copies.print_copies(Summons.objects.select_related("chain").get(pk=summons))
        finally:
            connection.close()

    printer = threading.Thread(target=print_them)
    with transaction.atomic(), acting(by):
        protect_party(party=party, reason="The Tax Agency has told us.", by=by, at=NOW)
        printer.start()
        wait_until_somebody_waits()
    printer.join(timeout=30)
    close_old_connections()
    assert printed == [f"Person A {party.reference}"]


def wait_until_somebody_waits() -> None:
    """Until a session of this database waits for a lock."""
    for _ in range(20_000):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
    raise AssertionError("Nobody waits.")
