"""The database view `figures`: for the secretariat alone, and without protected identities."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from agencies.secrecy.context import NOBODY, Viewer, acting_as, viewer_of
from motesplats.followup.queries import figures_of, years_with_figures
from tests.factories.agencies import (
    CoordinatorFactory,
    HostFactory,
    ManagerFactory,
    SecretariatFactory,
    UserFactory,
    the_site,
)
from tests.factories.bookings import ChainFactory, LinkFactory
from tests.motesplats.followup.conftest import NOVEMBER, OCTOBER, call_off

pytestmark = pytest.mark.django_db


def figures_for(viewer: Viewer) -> list[tuple[Any, ...]]:
    """What the viewer sees: month, site, parties, people, meetings, cancelled chains."""
    with acting_as(viewer), connection.cursor() as cursor:
        cursor.execute(
            "SELECT month, site_id, parties, people, meetings, cancelled FROM figures ORDER BY month, site_id"
        )
        return list(cursor.fetchall())


@pytest.fixture
def secretariat(db) -> Viewer:
    return viewer_of(SecretariatFactory())


def test_parties_people_and_meetings_are_counted_by_month_and_site(come, norrkoping, secretariat):
    come(norrkoping, OCTOBER, 2)
    come(norrkoping, date(2026, 10, 31), 1, held=False)
    come(the_site("malmo"), NOVEMBER, 1, members=(date(1990, 1, 1),))
    assert figures_for(secretariat) == [
        (date(2026, 10, 1), norrkoping.pk, 3, 12, 2, 0),
        (date(2026, 11, 1), the_site("malmo").pk, 1, 1, 1, 0),
    ]


def test_a_cancelled_chain_is_counted_as_cancelled_only(come, norrkoping, secretariat, acting):
    (chain,) = come(norrkoping, OCTOBER, 1, held=False)
    with acting(chain.booked_by):
        call_off(chain)
    assert figures_for(secretariat) == [(date(2026, 10, 1), norrkoping.pk, 0, 0, 0, 1)]


def test_a_party_that_comes_again_is_one_party(come, norrkoping, secretariat, acting):
    (chain,) = come(norrkoping, OCTOBER, 1)
    with acting(chain.booked_by):
        call_off(chain)
        ChainFactory(party=chain.party, site_day=chain.site_day)
    assert figures_for(secretariat) == [(date(2026, 10, 1), norrkoping.pk, 1, 4, 1, 1)]


def test_protected_identities_are_not_counted(come, norrkoping, secretariat):
    come(norrkoping, OCTOBER, 7, is_protected=True)
    assert figures_for(secretariat) == []


def test_only_the_secretariat_sees_figures(come, norrkoping, acting):
    (chain,) = come(norrkoping, OCTOBER, 1)
    with acting(chain.booked_by):
        link = LinkFactory(chain=chain, code_hash="c")
    staff = [factory() for factory in (UserFactory, CoordinatorFactory, ManagerFactory, HostFactory)]
    viewers = [
        *map(viewer_of, staff),
        NOBODY,
        Viewer(link=link.token_hash, code="c"),
        Viewer(role="retention"),
    ]
    assert [figures_for(viewer) for viewer in viewers] == [[]] * len(viewers)


def test_the_secretariat_sees_no_row_of_a_party_or_chain(come, norrkoping, secretariat):
    come(norrkoping, OCTOBER, 1)
    with acting_as(secretariat), connection.cursor() as cursor:
        cursor.execute("SELECT FROM bookings_party UNION ALL SELECT FROM bookings_chain")
        assert cursor.fetchall() == []


@pytest.mark.parametrize("sites", [("malmo",), ("malmo", "norrkoping", "orebro")])
def test_the_figures_of_a_year_cost_one_query(come, secretariat, sites, django_assert_num_queries):
    for code in sites:
        come(the_site(code), OCTOBER, 1)
    with acting_as(secretariat):
        with django_assert_num_queries(1):
            assert {row.site.code for row in figures_of(2026)} == set(sites)
        assert years_with_figures() == [2026]
        assert not figures_of(2025)
