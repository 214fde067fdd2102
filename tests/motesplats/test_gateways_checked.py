"""A gateway of which half is said is found before anything starts."""

import pytest

from motesplats.checks import check_gateways

WHOLE = {
    "SMS_URL": "https://sms.example/a1/sms",
    "SMS_USER": "u",
    "SMS_PASSWORD": "p",
    "SMS_FROM": "Motesplats",
    "REPLY_SECRET": "r" * 32,
    "EMAIL_URL": "smtp+tls://mail.example:587",
    "DEFAULT_FROM_EMAIL": "Motesplats <a@example.org>",
    "RETURN_ADDRESS": "svar@example.org",
    "MAIL_SECRET": "m" * 32,
    "HTTPS": True,
}


def found(settings, **changed: object) -> list[str | None]:
    for name, value in (WHOLE | changed).items():
        setattr(settings, name, value)
    return [error.id for error in check_gateways(None)]


def test_whole_gateways_and_none_are_well(settings):
    assert found(settings) == []
    assert found(settings, SMS_URL="", SMS_USER="", EMAIL_URL="", DEFAULT_FROM_EMAIL="a@localhost") == []


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"SMS_PASSWORD": ""}, "motesplats.E003"),
        ({"SMS_URL": "http://sms.example/"}, "motesplats.E004"),
        ({"REPLY_SECRET": "short"}, "motesplats.E005"),
        ({"DEFAULT_FROM_EMAIL": "Motesplats <no-reply@localhost>"}, "motesplats.E006"),
        ({"RETURN_ADDRESS": "svar"}, "motesplats.E007"),
        ({"RETURN_ADDRESS": "Svar <svar@example.org>"}, "motesplats.E007"),
        ({"RETURN_ADDRESS": "svar+x@example.org"}, "motesplats.E007"),
        ({"RETURN_ADDRESS": "svarsadress-for-motesplats@example.org"}, "motesplats.E007"),
        ({"MAIL_SECRET": "short"}, "motesplats.E008"),
    ],
)
def test_half_a_gateway_is_an_error(settings, changed, error):
    assert found(settings, **changed) == [error]
