"""What the database gives to whoever has a link's token: of the day all that its page needs, of the party nothing."""

import json
from typing import Any

import pytest
from django.db import connection

from agencies.secrecy.context import Viewer, acting_as
from bookings.models import LinkParty, LinkSummons, Party, Summons
from tests.factories.agencies import UserFactory
from tests.factories.bookings import ChainFactory, LinkFactory, PartyFactory, SummonsFactory

pytestmark = pytest.mark.django_db

DAY: dict[str, Any] = {
    "version": 2,
    "days": [
        {
            "site_day": 1,
            "stops": [
                {"agency": 1, "code": "MIG", "who": "everyone", "members": [4711, 4712, 4713]},
                {"agency": 2, "code": "SKV", "who": "concerned", "members": []},
            ],
        }
    ],
    "interpreter": None,
    "adults": 2,
    "children": 1,
}
OF_BEFORE = {"site_day": 1, "stops": DAY["days"][0]["stops"], "interpreter": 7}


@pytest.fixture
def owner(acting):
    return UserFactory()


@pytest.fixture
def summons(acting, owner) -> Summons:
    """With all by which its party could be reached."""
    with acting(owner):
        contact = {
            "phone": "0701234567",
            "email": "layla@home.example",
            "address": "Storgatan 1, 600 01 Norrköping",
        }
        party = PartyFactory(registered_by=owner, case_reference="NN-12345", **contact)
        chain = ChainFactory(party=party)
        LinkFactory(chain=chain, code_hash="c" * 64)
        return SummonsFactory(chain=chain, day=DAY)


@pytest.fixture
def holder(acting, owner, summons) -> Viewer:
    with acting(owner):
        return Viewer(link=summons.chain.links.get().token_hash)


def test_a_version_tells_how_many_must_come_and_not_who(summons, holder):
    with acting_as(holder):
        (told,) = LinkSummons.objects.all()
    assert (told.pk, told.version, told.made_at) == (summons.pk, summons.version, summons.made_at)
    stops = told.day["days"][0]["stops"]
    assert [stop["members"] for stop in stops] == [[0, 0, 0], []]
    assert [stop["code"] for stop in stops] == ["MIG", "SKV"]
    assert {**told.day, "days": None} == {**DAY, "days": None}
    assert "471" not in json.dumps(told.day)


def test_a_version_of_the_first_shape_tells_no_more(acting, owner, summons, holder):
    with acting(owner):
        Summons.objects.update(day=OF_BEFORE)
    with acting_as(holder):
        told = LinkSummons.objects.get().day
    assert [stop["members"] for stop in told["stops"]] == [[0, 0, 0], []]
    assert told | {"stops": None} == OF_BEFORE | {"stops": None}


def test_nothing_by_which_the_party_is_reached_is_given_without_the_code(summons, holder):
    with acting_as(holder), connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(t)::text FROM link_parties t")
        ((told,),) = cursor.fetchall()
        assert not Party.objects.exists()
        assert LinkParty.objects.get().chain_id == summons.chain_id
    assert not [part for part in ("0701", "layla", "Storgatan", "NN-1") if part in told]


def test_with_the_code_the_party_is_seen(summons, holder):
    with acting_as(Viewer(link=holder.link, code="c" * 64)):
        assert Party.objects.get().case_reference == "NN-12345"
        assert Summons.objects.get() == summons


@pytest.mark.parametrize("who", ["owner", "another", "forged"])
def test_only_the_holder_of_the_link_reads_those_views(owner, summons, holder, who, acting):
    viewers = {"another": acting(UserFactory(agency="AF")), "owner": acting(owner)}
    with viewers.get(who) or acting_as(Viewer(link="f" * 64)):
        assert not LinkSummons.objects.exists()
        assert not LinkParty.objects.exists()
