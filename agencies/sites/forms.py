"""Forms of a site's page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.languages import LANGUAGES
from agencies.models import Agency, Location, Municipality, RoomEquipment, Site, WayOfWorking
from agencies.validators import validate_plain
from agencies.web.fields import DayField
from agencies.web.forms import RefusableForm, SeenForm

RULES = (
    "name",
    "owner",
    "phone",
    "phone_hours",
    "phone_from",
    "phone_to",
    "minimum_notice_days",
    "walk_minutes",
    "break_after_stops",
    "break_minutes",
    "lunch_from",
    "lunch_to",
    "lunch_minutes",
    "lunch_minutes_with_children",
    "several_days",
    "rooms_are_scarce",
    "thin_hours",
)
DIRECTIONS = tuple(f"directions{part}_{language}" for language in LANGUAGES for part in ("", "_state"))
ADDRESS = ("kind", "state", "name", "premises", "street", "postcode", "town")
PLACE = (*ADDRESS, "step_free", "checks_identity", "seats", "seats_for_children", *DIRECTIONS)
CARD = ("phone", "email", "address")


def _fields(model: type[Site | Location | Municipality], names: tuple[str, ...]) -> dict[str, forms.Field]:
    widgets: dict[str, type[forms.Widget] | forms.Widget] = {
        name: forms.TimeInput(format="%H:%M") for name in ("lunch_from", "lunch_to", "phone_from", "phone_to")
    }
    made: dict[str, forms.Field] = forms.fields_for_model(model, fields=names, widgets=widgets)
    return made


class SiteForm(SeenForm):
    """Name, owner, telephone and the rules by which the site's days are planned."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= _fields(Site, RULES)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = Agency.objects.select_related("municipality").order_by("municipality__code", "pk")
        owner.empty_label = _("the service centre")


class LocationForm(SeenForm):
    """A place with its address, and how to get there in each language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= _fields(Location, PLACE)
        for code, language in LANGUAGES.items():
            directions = self.fields[f"directions_{code}"]
            directions.label = _("How to get there, %(language)s") % {"language": language.endonym}
            directions.widget.attrs |= {"lang": language.html_lang, "dir": "rtl" if language.rtl else "ltr"}
            state = self.fields[f"directions_state_{code}"]
            state.label = _("Text in %(language)s") % {"language": language.endonym}
            state.required = True


class StateForm(SeenForm):
    """Open, pause or close."""

    state = forms.ChoiceField(label=_("State"), choices=Site.State.choices)


class NewSiteForm(RefusableForm):
    """A site that the secretariat makes."""

    code = forms.SlugField(label=_("Code"), help_text=_("Small letters and hyphens; it stands in addresses."))
    name = forms.CharField(label=_("Name"), max_length=100, validators=[validate_plain])
    latitude = forms.DecimalField(
        label=_("Latitude"), max_digits=6, decimal_places=3, min_value=55, max_value=70
    )
    longitude = forms.DecimalField(
        label=_("Longitude"), max_digits=6, decimal_places=3, min_value=10, max_value=25
    )


class RoomForm(SeenForm):
    """A room with what it has."""

    name = forms.CharField(label=_("Name of the room"), max_length=60, validators=[validate_plain])
    step_free = forms.BooleanField(label=_("step-free"), required=False, initial=True)
    equipment = forms.MultipleChoiceField(
        label=_("equipment"),
        choices=RoomEquipment.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class OldRoomForm(RoomForm):
    """A room that is there, and may be closed."""

    closed = forms.BooleanField(
        label=_("closed"), required=False, help_text=_("No meeting is planned in it.")
    )


class CardForm(SeenForm):
    """A municipality's contact card."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= _fields(Municipality, CARD)
        self.fields["web"] = forms.URLField(
            label=_("web page"), max_length=200, required=False, assume_scheme="https"
        )


class PointForm(SeenForm):
    """To which site a municipality summons."""

    site = forms.ModelChoiceField(label=_("Site"), queryset=Site.objects.order_by("name"))
    is_host = forms.BooleanField(label=_("has the site on its own ground"), required=False)


class MunicipalityForm(RefusableForm):
    """Which municipality is meant."""

    municipality = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Municipality.objects.order_by("name"), to_field_name="code"
    )


class WayForm(RefusableForm):
    """A way of working that is noted."""

    text = forms.CharField(label=_("Way of working"), max_length=200)
    state = forms.ChoiceField(label=_("How it went"), choices=WayOfWorking.State.choices)
    why = forms.CharField(label=_("Why"), max_length=400)
    since = DayField(label=_("From"))
