"""The page of an agency's meetings at a distance."""

from django import forms
from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from agencies.models import Role
from agencies.web.fields import TextField
from agencies.web.forms import RefusableForm
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from bookings.models import RemoteRule
from bookings.remote.allow import allow_forms


class RemoteRuleForm(RefusableForm):
    by_telephone = forms.BooleanField(label=_("We hold meetings by telephone"), required=False)
    by_video = forms.BooleanField(label=_("We hold meetings by video"), required=False)
    tool = TextField(
        _("Address of our approved video tool"),
        help_text=_("Begins with https://. Empty: each video meeting has an address of its own."),
        maxlength=200,
        inputmode="url",
    )


@for_roles(Role.MANAGER, of_an_agency=True)
@require_http_methods(["GET", "HEAD", "POST"])
def remote_rule(request: StaffRequest) -> HttpResponse:
    """Say which forms the own agency holds."""
    rule = RemoteRule.objects.filter(agency=request.user.agency_id).first()
    typed = request.POST if request.method == "POST" else None
    form = RemoteRuleForm(typed, initial=model_to_dict(rule) if rule else {})
    if form.is_accepted(lambda said: allow_forms(**said, by=request.user, at=timezone.now())):
        messages.success(request, gettext("The change is made."))
        return redirect("bookings:remote-rule")
    return render(request, "bookings/remote/rule.html", {"form": form, "rule": rule}, status=form.status)
