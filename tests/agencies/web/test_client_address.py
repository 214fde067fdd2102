"""Whose request it is, seen through our proxies and no others."""

import pytest
from django.test import RequestFactory

from agencies.web.client_address import client_address, client_network


def request(forwarded: str = "", *, address: str = "127.0.0.1"):
    return RequestFactory(REMOTE_ADDR=address).get(
        "/", headers={"X-Forwarded-For": forwarded} if forwarded else {}
    )


def test_without_a_proxy_of_ours_the_header_counts_for_nothing(settings):
    settings.TRUSTED_PROXIES = []
    assert client_address(request("198.51.100.7")) == "127.0.0.1"


@pytest.mark.parametrize(
    ("forwarded", "client"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("203.0.113.9, 198.51.100.7", "198.51.100.7"),
        ("203.0.113.9, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        ("nonsense", "127.0.0.1"),
    ],
)
def test_the_last_address_that_is_no_proxy_of_ours_is_the_clients(settings, forwarded, client):
    settings.TRUSTED_PROXIES = ["127.0.0.0/8", "10.0.0.0/8"]
    assert client_address(request(forwarded)) == client


def test_of_ipv6_the_network_counts(settings):
    settings.TRUSTED_PROXIES = []
    assert client_network(request(address="2001:db8:1:2:3:4:5:6")) == "2001:db8:1:2::/64"
    assert client_network(request(address="198.51.100.7")) == "198.51.100.7"
