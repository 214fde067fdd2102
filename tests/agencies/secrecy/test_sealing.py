"""What is sealed opens with the key that sealed it, for as long as that key is among the installation's keys."""

import pytest
from cryptography.fernet import Fernet
from django.core.checks import run_checks

from agencies.secrecy.sealing import KeyMissing, is_sealed, is_sealed_with_current_key, seal, unseal

OLD, NEW = "an old key that was kept for three years", "a new key that nobody has seen before"


@pytest.fixture(autouse=True)
def _old_key(settings):
    settings.SEALING_KEY, settings.SEALING_KEY_FALLBACKS = OLD, []


def test_a_sealed_text_says_nothing_and_opens():
    sealed = seal("Ålice")
    assert "lice" not in sealed
    assert is_sealed(sealed)
    assert not is_sealed("Ålice")
    assert unseal(sealed) == "Ålice"
    assert seal("Ålice") != sealed


def test_a_former_key_opens_and_the_present_one_seals(settings):
    sealed = seal("Alice")
    settings.SEALING_KEY, settings.SEALING_KEY_FALLBACKS = NEW, [OLD]
    assert unseal(sealed) == "Alice"
    assert not is_sealed_with_current_key(sealed)
    assert is_sealed_with_current_key(seal("Alice"))


def test_a_change_of_secret_key_leaves_what_is_sealed_alone(settings):
    sealed = seal("Alice")
    settings.SECRET_KEY = "another"
    assert unseal(sealed) == "Alice"


@pytest.mark.parametrize("is_former", [False, True])
def test_what_secret_key_sealed_before_there_was_a_sealing_key_still_opens(settings, is_former):
    settings.SECRET_KEY = "as it was"
    # Made by the first version of sealing.py.
    sealed = Fernet("uLj8NaZJrNG3bZNgLZOEoqY-j1pElnrQUoH2WXzh4S8=").encrypt(b"Alice").decode()
    if is_former:
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", ["as it was"]
    assert unseal(sealed) == "Alice"
    assert not is_sealed_with_current_key(sealed)


def test_without_its_key_a_text_stays_shut(settings):
    sealed = seal("Alice")
    settings.SEALING_KEY = NEW
    with pytest.raises(KeyMissing):
        unseal(sealed)


@pytest.mark.parametrize("nonsense", ["", "Alice", "2:", "2:00000000:", "2:00000000:x", "ä"])
def test_nonsense_stays_shut(nonsense):
    with pytest.raises(KeyMissing):
        unseal(nonsense)


GOOD = {
    "SECRET_KEY": "WzYp1Vn0rXgS5tQeUuKdIbOaLcHjMfNk",
    "LINK_KEY": "aG7xR2mWq9ZsE4vTc6YbU8nKjP3dLhFo",
    "SEALING_KEY": "iQ5kD0yBwX8eJr2NtV7uAzC1gMfSpOlH",
}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"LINK_KEY": ""}, ["motesplats.E001"]),
        ({"LINK_KEY": "y"}, ["motesplats.E001"]),
        ({"SECRET_KEY": "x" * 60}, ["motesplats.E001"]),
        ({"SEALING_KEY": GOOD["SECRET_KEY"]}, ["motesplats.E002"]),
        ({"SEALING_KEY": GOOD["LINK_KEY"]}, ["motesplats.E002"]),
        ({"LINK_KEY": "", "SEALING_KEY": ""}, ["motesplats.E001", "motesplats.E001", "motesplats.E002"]),
    ],
)
@pytest.mark.parametrize("deploy", [False, True])
def test_weak_and_equal_keys_are_errors(settings, changes, found, deploy):
    for name, key in (GOOD | changes).items():
        setattr(settings, name, key)
    messages = run_checks(include_deployment_checks=deploy)
    assert [error.id for error in messages if "motesplats." in str(error.id)] == found
