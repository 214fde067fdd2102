"""The address that is logged is the right-most one that is no proxy of ours."""

import pytest
from django.test import RequestFactory

from agencies.web.client_address import client_address

PROXIES = ["127.0.0.0/8", "172.30.0.0/24", "::1"]


@pytest.mark.parametrize(
    ("peer", "said", "found"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "203.0.113.9", "192.0.2.1"),  # nobody of ours says so
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.7, 203.0.113.9", "203.0.113.9"),  # the first is what the client writes
        ("127.0.0.1", "198.51.100.7, 203.0.113.9, 172.30.0.2", "203.0.113.9"),
        ("127.0.0.1", "Amira", "127.0.0.1"),
        ("::1", "2001:db8::5", "2001:db8::5"),
        ("", "203.0.113.9", ""),
    ],
)
def test_the_address_is_the_last_that_is_no_proxy_of_ours(settings, peer, said, found):
    settings.TRUSTED_PROXIES = PROXIES
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers={"X-Forwarded-For": said})
    assert client_address(request) == found
