"""The pool of the user's sites: who interprets what, added and changed."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.spoken import common_languages, find_spoken
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from interpreters.models import Interpreter
from interpreters.pool.add import add_interpreter, change_interpreter
from interpreters.pool.forms import InterpreterForm
from interpreters.pool.keeper import KEEPERS
from interpreters.pool.queries import pool_of

PAGE_SIZE = 50


@for_roles(*KEEPERS)
@require_safe
def pool(request: StaffRequest) -> HttpResponse:
    """The interpreters of the user's sites; `q` is a part of a name, or a language."""
    typed = request.GET.get("q", "").replace("\x00", "").strip()
    found = pool_of(
        request.user.sites.all(), search=typed, languages=[one.code for one in find_spoken(typed)]
    )
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    sites = request.user.sites.order_by("order", "code")
    return render(
        request,
        "interpreters/pool/list.html",
        {"page": page, "typed": typed, "sites": sites, "today": timezone.localdate()},
    )


@for_roles(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_interpreter(request: StaffRequest) -> HttpResponse:
    """Add an interpreter to the pool."""
    form = InterpreterForm(request.POST or None, by=request.user, initial={"sites": request.user.sites.all()})
    if request.method == "POST" and form.is_accepted(
        lambda _data: add_interpreter(**form.arguments(), by=request.user)
    ):
        messages.success(request, _("%(name)s is in the pool.") % {"name": form.cleaned_data["name"]})
        return redirect("interpreters:pool")
    return _form_page(request, form)


@for_roles(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def one_interpreter(request: StaffRequest, reference: str) -> HttpResponse:
    """Change what is known of an interpreter."""
    of_sites = Interpreter.objects.filter(sites__in=request.user.sites.all()).distinct()
    interpreter = get_object_or_404(of_sites, resource__reference=reference)
    form = InterpreterForm(request.POST or None, by=request.user, interpreter=interpreter)
    if request.method == "POST" and form.is_accepted(
        lambda _data: change_interpreter(
            interpreter=interpreter, **form.arguments(), by=request.user, at=timezone.now()
        )
    ):
        messages.success(request, _("Saved."))
        return redirect("interpreters:pool")
    return _form_page(request, form, interpreter)


def _form_page(
    request: StaffRequest, form: InterpreterForm, interpreter: Interpreter | None = None
) -> HttpResponse:
    context = {"form": form, "interpreter": interpreter, "languages": common_languages()}
    return render(request, "interpreters/pool/edit.html", context, status=form.status)
