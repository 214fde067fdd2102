"""Tokens, codes and addresses of a link."""

import base64
import hashlib
import hmac
import re

import pytest
from django.conf import settings
from django.urls import resolve
from django.utils import timezone

from bookings.links.tokens import (
    address_of,
    as_token,
    code_of,
    hash_of,
    hash_of_code,
    paper_address_of,
    token_of,
)
from bookings.summons.issue import renew_link

pytestmark = pytest.mark.django_db


def test_only_hashes_of_token_and_code_are_stored(link):
    assert (link.token_hash, link.code_hash) == (hash_of(token_of(link)), hash_of_code(code_of(link)))
    assert token_of(link) not in (link.token_hash, link.code_hash)


def test_the_token_can_be_made_again_and_changes_with_the_generation(link):
    before = token_of(link)
    assert token_of(link) == before
    link.generation += 1
    assert token_of(link) != before


def test_the_address_is_that_of_the_day_and_the_letters_address_has_the_code(link):
    path = address_of(link).removeprefix(settings.BASE_URL)
    assert path == f"/d/{token_of(link)}"
    assert resolve(path).view_name == "bookings:open-link"
    assert paper_address_of(link) == f"{address_of(link)}#{code_of(link)}"


def test_a_token_has_130_bits_without_look_alikes_and_ends_in_a_letter_or_digit(link):
    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{26}", token_of(link))


TOKEN = "0123456789ABCDEFGHJKMNPQRS"
OLD = "k7Qm2vRx9TzN4bWc8pLs6-"


@pytest.mark.parametrize(
    "text",
    [
        TOKEN,
        TOKEN.lower(),
        "OI23456789ABCDEFGHJKMNPQRS",
        "ol23456789abcdefghjkmnpqrs",
        f"{TOKEN}.",
        f"{TOKEN}/,)",
        f" {TOKEN} ",
        f"{TOKEN}%20",
        f"%E2%80%9C{TOKEN}%E2%80%9D",
        f"{TOKEN}-",
        f"{TOKEN[:4]} {TOKEN[4:8]}-{TOKEN[8:]}",
        "０123456789ABCDEFGHJKMNPQRS",
    ],
)
def test_a_token_is_read_as_it_was_printed(text):
    assert as_token(text) == TOKEN


def test_a_token_of_before_is_left_as_it_is(link):
    for text in (OLD, f"{OLD}.", f"{OLD})", f" {OLD}%20"):
        assert as_token(text) == OLD


@pytest.mark.parametrize("text", ["", "x", "\x00ÿ", "A" * 25, "http:"])
def test_what_can_be_no_token_stays_unknown(text):
    assert as_token(text) == text


def test_the_link_of_a_letter_of_before_keeps_its_token_until_it_is_renewed(link, acting, caseworker):
    digest = hmac.new(
        settings.LINK_KEY.encode(),
        f"{link.chain_id}:{link.newcomer_id}:{link.generation}".encode(),
        hashlib.sha256,
    ).digest()
    old = base64.urlsafe_b64encode(digest)[:22].decode()
    link.token_hash = hash_of(old)
    assert token_of(link) == old
    with acting(caseworker):
        link.save()
        new = renew_link(link=link, by=caseworker, at=timezone.now())
    assert len(token_of(new)) == 26
    assert new.token_hash == hash_of(token_of(new))
