"""Tokens, codes and addresses of a link."""

import pytest
from django.conf import settings
from django.urls import resolve

from bookings.links.tokens import address_of, code_of, hash_of, hash_of_code, paper_address_of, token_of

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
    assert paper_address_of(link) == f"{address_of(link)}?k={code_of(link)}"
