"""The admin of the retention rules, which refuses a rule that the nightly job could not carry out."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _

from agencies.models import RetentionRule
from motesplats.retention import DATES, can_do


class RetentionRuleForm(forms.ModelForm):
    """A retention rule with every field."""

    class Meta:
        model = RetentionRule
        fields = [
            "data_type",
            "agency",
            "holds_persons",
            "action",
            "follows",
            "since",
            "months",
            "days",
            "why",
            "decision",
            "registration_number",
            "decided_on",
            "is_decided",
            "valid_from",
            "valid_to",
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse an action or a date that this type of data does not have."""
        asked = super().clean() or self.cleaned_data
        kind, action, since = (asked.get(name, "") for name in ("data_type", "action", "since"))
        acts = action in {RetentionRule.Action.ANONYMISE, RetentionRule.Action.DELETE}
        if acts and not can_do(kind, action):
            self.add_error("action", _("There is no way to do that with this type of data."))
        elif acts and since not in DATES[kind]:
            self.add_error("since", _("This type of data has no such date."))
        return asked


@admin.register(RetentionRule)
class RetentionRuleAdmin(admin.ModelAdmin):
    form = RetentionRuleForm
    list_display = [
        "data_type",
        "agency",
        "action",
        "follows",
        "since",
        "months",
        "days",
        "is_decided",
        "decision",
        "valid_from",
        "valid_to",
    ]
    list_filter = ["action", "is_decided", "holds_persons"]
    list_select_related = ["agency"]
    search_fields = ["data_type", "decision"]
    autocomplete_fields = ["agency"]
