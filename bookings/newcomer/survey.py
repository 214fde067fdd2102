"""Answer the four questions after the day: once a link, and with nothing that leads back to it."""

import hashlib
import hmac
from collections.abc import Mapping

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.refusals import Refusal
from bookings.models import Link, SurveyAnswer, SurveyMarker

FACES = frozenset({"1", "2", "3", "4"})
NO_FACES = dict.fromkeys(SurveyAnswer.QUESTIONS, "")


class NothingAnswered(Refusal):
    """Every question was skipped."""

    kind = "nothing-answered"


def answer_survey(*, link: Link, answers: Mapping[str, str], language: str) -> bool:
    """Keep the answers with site, month, language and track; False if the link has answered before.

    `answers`: a face, "1" (no) to "4" (yes), by question; any may be missing. Raises NothingAnswered.
    """
    chosen = {name: int(answers[name]) for name in SurveyAnswer.QUESTIONS if answers.get(name) in FACES}
    if not chosen:
        raise NothingAnswered(_("Choose a face for one question at least, or leave the page."))
    site_day = link.chain.site_day
    try:
        with transaction.atomic():
            SurveyMarker.objects.bulk_create([SurveyMarker(digest=marker_of(link))])
    except IntegrityError:
        return False
    SurveyAnswer.objects.bulk_create(
        [
            SurveyAnswer(
                site=site_day.location.site,
                month=local(site_day.opens_at).date().replace(day=1),
                language=language,
                track=link.chain.track.number,
                **chosen,
            )
        ]
    )
    return True


def has_answered(link: Link) -> bool:
    """Whether this link has answered; one query."""
    return SurveyMarker.objects.filter(pk=marker_of(link)).exists()


def marker_of(link: Link) -> str:
    """A hash of the link with a key of the house: whoever has only the database cannot make it."""
    key = hmac.digest(settings.SECRET_KEY.encode(), b"marker of the survey", "sha256")
    return hmac.new(key, str(link.pk).encode(), hashlib.sha256).hexdigest()
