"""What the read log's middleware leaves as it is."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from agencies.read_log_middleware import ReadLogMiddleware

pytestmark = pytest.mark.django_db


def test_a_503_that_says_why_keeps_its_words():
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    said = HttpResponse("The printer is busy.", status=503, headers={"Retry-After": "5"})
    answer = ReadLogMiddleware(lambda _request: said)(request)
    assert (answer.status_code, answer.text, answer["Retry-After"]) == (503, "The printer is busy.", "5")
