"""Consent as staff see it: what each adult has said about one's own agency, and recording it from paper."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.languages import LANGUAGES
from checklists.asking import Ground, Question, ground_of_staff
from checklists.consent import record_at_desk
from checklists.consented import open_until
from checklists.forms import PaperForm
from checklists.saying import answers_about


@require_http_methods(["GET", "HEAD", "POST"])
def consents(request: HttpRequest, reference: str) -> HttpResponse:
    """Every question that one's own agency may ask; of the chosen one the text and the form."""
    ground, at = ground_of_staff(reference), timezone.now()
    if ground is None:
        raise Http404
    question, form = ground.questions.get(request.GET.get("question", "")), None
    if request.method == "POST":
        if question is None:
            raise Http404
        form = PaperForm(request.POST, adults=ground.adults)
        if form.is_accepted(lambda said: record_at_desk(question, **said, by=request.user, at=at)):
            return redirect("consents", reference)
    elif question:
        digest = question.digest(ground.language)
        form = PaperForm(adults=ground.adults, initial={"digest": digest})
    context = {
        "ground": ground,
        "is_owner": request.user.agency_id == ground.owner.pk,
        "rows": list(_rows(ground, at=at)),
        "hidden": ground.number_of_adults - len(ground.adults),
        "question": question,
        "texts": list(_texts(question)) if question else [],
        "form": form,
    }
    return render(request, "checklists/consents.html", context, status=form.status if form else 200)


def _rows(ground: Ground, *, at: datetime) -> Iterator[dict[str, Any]]:
    """Each question with what every adult says, and until when it is open to the whole party."""
    said = answers_about(ground, at=at)
    for key, question in ground.questions.items():
        people = [(adult, said[key].get(adult.pk)) for adult in ground.adults]
        together = open_until(said[key], adults=ground.number_of_adults)
        yield {"question": question, "people": people, "open_until": together}


def _texts(question: Question) -> Iterator[dict[str, Any]]:
    """The text in the party's language, and in Swedish beside it."""
    for code in dict.fromkeys([question.ground.language, "sv"]):
        yield {"language": LANGUAGES[code], "lines": question.text(code).splitlines()}
