"""The forms by which a round is started and answered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Role, Site, User
from agencies.web.fields import DayField
from agencies.web.forms import RefusableForm
from motesplats.followup.surveys.scale import BEST, WORST
from motesplats.followup.surveys.start import MOST_INVITED
from motesplats.models import Instrument, SurveyRound

GRADES = [(grade, str(grade)) for grade in range(WORST, BEST + 1)]


class RoundForm(RefusableForm):
    """Which survey is asked where, of how many, and when."""

    instrument = forms.ModelChoiceField(Instrument.objects.all(), label=_("survey"))
    site = forms.ModelChoiceField(Site.objects.all(), label=_("site"))
    phase = forms.ChoiceField(label=_("before or after"), choices=SurveyRound.Phase)
    invited = forms.IntegerField(
        label=_("how many are asked"),
        min_value=0,
        max_value=MOST_INVITED,
        help_text=_("Fewer than six answers are never told."),
    )
    opens_on = DayField(label=_("first day"))
    closes_on = DayField(
        label=_("last day"),
        help_text=_("The results are told from the day after, and the days stay as they are."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        site = self.fields["site"]
        assert isinstance(site, forms.ModelChoiceField)
        if user.role == Role.SECRETARIAT:
            site.required, site.empty_label = False, _("everywhere")
        else:
            site.queryset = user.sites.all()


class AnswerForm(RefusableForm):
    """A grade for each question; each may be skipped."""

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(instrument.questions.all())
        for question in self.questions:
            self.fields[f"q{question.number}"] = forms.TypedChoiceField(
                label=question.text,
                choices=GRADES,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("A grade is 1 to 7.")},
            )

    @property
    def grades(self) -> dict[int, int]:
        """The grades that were given, by the question's number."""
        given = {question.number: self.cleaned_data[f"q{question.number}"] for question in self.questions}
        return {number: grade for number, grade in given.items() if grade is not None}

    def rows(self) -> list[tuple[Any, forms.BoundField]]:
        """Each question with its field."""
        return [(question, self[f"q{question.number}"]) for question in self.questions]
