"""The forms of a tertial report, of its correction, and of a code."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.web.fields import TextField
from agencies.web.forms import RefusableForm, SeenForm
from motesplats.followup.tertial.asks import ASKS
from motesplats.followup.tertial.queries import codes_offered
from motesplats.models import TertialCode, TertialReport

Question = TertialReport.Question


class LinesField(forms.CharField):
    """Text of several lines, each of which ends in the same way whatever browser it comes from."""

    def __init__(self, label: Any) -> None:
        widget = forms.Textarea({"rows": 5, "autocomplete": "off"})
        super().__init__(label=label, required=False, max_length=4000, widget=widget)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class TertialForm(SeenForm):
    """The five texts and the codes."""

    def __init__(self, *args: Any, report: TertialReport | None, **kwargs: Any) -> None:
        texts = {text.question: text.text for text in report.texts.all()} if report else {}
        codes = report.codes if report else []
        kwargs["initial"] = {"version": report.version if report else 0, "codes": codes, **texts}
        super().__init__(*args, **kwargs)
        for question, ask in ASKS.items():
            self.fields[question.value] = LinesField(ask)
        offered = [(code.pk, code.name) for code in codes_offered(codes)]
        self.fields["codes"] = forms.MultipleChoiceField(
            label=_("Obstacles and what helps"), choices=offered, required=False
        )

    @property
    def answers(self) -> dict[str, Any]:
        """What the verbs take."""
        values = self.cleaned_data
        texts = {question.value: values[question.value] for question in Question}
        return {"texts": texts, "codes": values["codes"], "seen": values["version"]}


class CorrectionForm(TertialForm):
    """The same with the reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"] = TextField(_("Why is it corrected?"), required=True, maxlength=300)


class NewCodeForm(RefusableForm):
    """A code and its words."""

    kind = forms.ChoiceField(label=_("list"), choices=TertialCode.Kind)
    code = TextField(_("code"), required=True, maxlength=4, help_text=_("A letter and a number, such as H6."))
    name = TextField(_("in words"), required=True, maxlength=80, help_text=_("In Swedish."))
    is_draft = forms.BooleanField(label=_("example, not decided"), required=False)


class TertialCodeForm(RefusableForm):
    """The words of a code, and whether it is offered."""

    name = TextField(_("in words"), required=True, maxlength=80, help_text=_("In Swedish."))
    is_draft = forms.BooleanField(label=_("example, not decided"), required=False)
    is_retired = forms.BooleanField(label=_("offered no more"), required=False)
