"""A person asks an office, with the paper code, what it has written; the office settles it."""

import pytest
from django.test import Client
from django.utils import timezone

from bookings.extracts.wishes import open_wishes
from bookings.links.tokens import code_of, token_of
from bookings.models import Chain, ExtractWish, Link
from motesplats.extracts.ask import ask_extract
from tests.bookings.booking_steps import book, register
from tests.factories.agencies import CoordinatorFactory, ManagerFactory, UserFactory, the_site
from tests.factories.interpreters import open_day
from tests.moment import NOW
from tests.signing_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "fresh_cache")]
