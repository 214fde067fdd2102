"""Forms of an agency's page."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.directory.entries import AgencyEntry
from agencies.languages import LANGUAGES, letter_name
from agencies.models import (
    Agency,
    Condition,
    Document,
    Housing,
    IdentityProvider,
    Municipality,
    Service,
    TextBlock,
    TextState,
)
from agencies.reference import read_json
from agencies.web.fields import DayField
from agencies.web.forms import SeenForm

CONTACT = ("phone", "email", "address", "deaf_contact")
MINUTES = ("minutes", "minutes_per_person", "extra_minutes")
PROVIDER = (
    "key",
    "client_id",
    "scope",
    "claim",
    "email_is_verified",
    "has_second_factor",
    "second_factor_values",
)
LONGEST_TEXT = 1000


class AgencyForm(SeenForm):
    """A form of an agency's page: texts in several languages, and other fields."""

    @property
    def texts(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each language's text with its state."""
        return []

    @property
    def others(self) -> list[forms.BoundField]:
        """The fields beside the texts."""
        return self.visible_fields()


class SoundForm(AgencyForm):
    """A file in which a text is read aloud."""

    sound = forms.FileField(
        label=_("Sound file"),
        help_text=_("MP3 or M4A, at most 2 MB. OGG is not played by older iPhones."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "audio/mpeg,audio/mp4,audio/ogg,.mp3,.m4a,.ogg"}),
        error_messages={"required": _("Choose a file.")},
    )


class TranslatedForm(AgencyForm):
    """A text and its state in each language; `field` is its name, `longest` its length in characters."""

    field, longest = "name", 120

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader = get_language() or "sv"
        widget = forms.Textarea if self.longest >= LONGEST_TEXT else forms.TextInput
        for code, language in LANGUAGES.items():
            attributes = {"lang": language.html_lang, "dir": language.dir}
            if widget is forms.Textarea:
                attributes["rows"] = "3"
            self.fields[f"{self.field}_{code}"] = forms.CharField(
                label=_("Text in %(language)s") % {"language": letter_name(code, reader)},
                max_length=self.longest,
                required=False,
                widget=widget(attributes),
            )
            self.fields[f"state_{code}"] = forms.ChoiceField(
                label=_("State in %(language)s") % {"language": letter_name(code, reader)},
                choices=TextState.choices,
                initial=TextState.DRAFT,
            )

    @property
    def texts(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each language's text with its state."""
        return [(self[f"{self.field}_{code}"], self[f"state_{code}"]) for code in LANGUAGES]

    @property
    def others(self) -> list[forms.BoundField]:
        """The fields beside them."""
        names = {field.name for pair in self.texts for field in pair}
        return [field for field in super().others if field.name not in names]


class NamesForm(TranslatedForm):
    """The agency's names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name_sv"].required = True


class NewDocumentForm(NamesForm):
    """A document that services may ask for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drawn = Document.objects.order_by("pictogram").values_list("pictogram", flat=True).distinct()
        self.fields |= {
            "key": forms.SlugField(label=_("key"), max_length=50),
            "pictogram": forms.ChoiceField(label=_("pictogram"), choices=[(name, name) for name in drawn]),
        }


class ContactForm(AgencyForm):
    """How the agency is reached."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= forms.fields_for_model(Agency, fields=CONTACT)
        self.fields["web"] = forms.URLField(
            label=_("web page"), max_length=200, required=False, assume_scheme="https"
        )


class ServiceForm(TranslatedForm):
    """What the service is called and how long it takes."""

    field, longest = "title", 100

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title_sv"].required = True
        self.fields |= forms.fields_for_model(Service, fields=(*MINUTES, "is_local", "checks_identity"))


class TextForm(TranslatedForm):
    """A text in its languages, at once or from a day on."""

    field, longest = "text", LONGEST_TEXT

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"] = DayField(
            label=_("From"),
            required=False,
            help_text=_("Empty: at once. Else the former text holds until the day before."),
        )


def tracks() -> list[tuple[str, str]]:
    """The numbers of the tracks with their names, before them none."""
    language = "sv" if get_language() == "sv" else "en"
    known = ((number, row["name"][language]) for number, row in read_json("tracks.json").items())
    return [("", str(_("all tracks"))), *known]


class TrackField(forms.TypedChoiceField):
    """One track, or all."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Track"),
            choices=tracks,
            required=False,
            coerce=int,
            empty_value=None,
        )


def municipality_field(entry: AgencyEntry) -> forms.ModelChoiceField:
    """One municipality or all; on a municipality's page that one."""
    rows = Municipality.objects.order_by("name")
    own = entry.municipality
    return forms.ModelChoiceField(
        label=_("Municipality"),
        queryset=rows.filter(pk=own.pk) if own else rows,
        to_field_name="code",
        required=own is not None,
        initial=own.code if own else None,
        empty_label=None if own else _("all municipalities"),
    )


class NewTextForm(TextForm):
    """A text for a place that has none."""

    def __init__(self, *args: Any, entry: AgencyEntry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = {
            "slot": forms.ChoiceField(
                label=_("Place in the letter"),
                choices=[
                    choice
                    for choice in TextBlock.Slot.choices
                    if entry.service is not None or choice[0] == TextBlock.Slot.WHY
                ],
            ),
            "track": TrackField(),
            "municipality": municipality_field(entry),
            "condition": forms.ChoiceField(
                label=_("Only parties"),
                choices=[("", _("all parties")), *Condition.choices],
                required=False,
            ),
        }
        self.fields = place | self.fields


class LengthForm(AgencyForm):
    """How long the service takes in a track or a municipality."""

    def __init__(self, *args: Any, entry: AgencyEntry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {"track": TrackField(), "municipality": municipality_field(entry)}
        self.fields |= forms.fields_for_model(Service, fields=MINUTES)


class DocumentForm(AgencyForm):
    """A document that people are asked to bring."""

    def __init__(self, *args: Any, entry: AgencyEntry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {
            "document": forms.ModelChoiceField(label=_("Document"), queryset=Document.objects.order_by("pk")),
            "track": TrackField(),
            "municipality": municipality_field(entry),
            "only_with_children": forms.BooleanField(label=_("only families with children"), required=False),
            "housing": forms.MultipleChoiceField(
                label=_("only who lives so"),
                choices=Housing.choices,
                widget=forms.CheckboxSelectMultiple,
                required=False,
            ),
        }


class ProviderForm(AgencyForm):
    """Where the agency's staff sign in; the secret is never shown again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer"] = forms.URLField(
            label=_("issuer"),
            max_length=200,
            assume_scheme="https",
            help_text=_("Its configuration is found below this address."),
        )
        self.fields |= forms.fields_for_model(IdentityProvider, fields=PROVIDER)
        self.fields["secret"] = forms.CharField(
            label=_("client secret"),
            required=False,
            max_length=500,
            strip=False,
            widget=forms.PasswordInput({"autocomplete": "off"}),
            help_text=_("Never shown again; leave it empty to keep the present one."),
        )


def states_of(row: Any, field: str, languages: Iterable[str] = LANGUAGES) -> dict[str, Any]:
    """A row's texts and states as the form's first values."""
    names = [f"{part}_{code}" for code in languages for part in (field, "state")]
    return {name: getattr(row, name) or ("draft" if name.startswith("state_") else "") for name in names}
