"""Sign in, and change one's password."""

from django.contrib import messages
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from agencies.forms import PasswordForm, SignInForm

NOT_USABLE = 422


class Answering:
    """A form that is refused comes back with 422 and all that was typed but the passwords."""

    def form_invalid(self, form: Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=NOT_USABLE)


class SignIn(Answering, LoginView):
    """The first page; whoever is signed in already goes on to the day."""

    form_class = SignInForm
    template_name = "agencies/sign_in.html"
    redirect_authenticated_user = True


class ChangePassword(Answering, PasswordChangeView):
    """A new password; the present session stays open, all others end."""

    form_class = PasswordForm
    template_name = "agencies/password.html"
    success_url = reverse_lazy("my-day")

    def form_valid(self, form: Form) -> HttpResponse:
        messages.success(self.request, _("Your password is changed."))
        return super().form_valid(form)
