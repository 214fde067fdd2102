"""No log holds a link's token or paper code, whatever a mail or a finger did to the address."""

import pytest

from motesplats.logs import mask

TOKEN = "0123456789ABCDEFGHJKMNPQRS"


@pytest.mark.parametrize(
    "address",
    [
        f"/d/{TOKEN}",
        f"/d/{TOKEN}?k=K7QT4MNP",
        f"/d/{TOKEN}.",
        f"/d/{TOKEN}/consents?to=FK",
        f"/d/%20{TOKEN}%20",
        f"/d/ {TOKEN}",
        f"/d/“{TOKEN}”",
        f"/d/{TOKEN[:13]} {TOKEN[13:]}",
        f"/d/{TOKEN[:13]}%20{TOKEN[13:]}",
        f"/d/{TOKEN}%23K7QT4MNP",
        f"/d/{TOKEN}#K7QT4MNP",
    ],
)
@pytest.mark.parametrize("words", ["GET {}", "Not Found: {}", '"POST {} HTTP/1.1" 302'])
def test_an_address_is_masked(words, address):
    masked = str(mask(words.format(address)))
    for secret in (TOKEN, TOKEN[:13], TOKEN[13:], "K7QT4MNP"):
        assert secret not in masked
    assert "/d/***" in masked
