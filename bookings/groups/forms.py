"""Forms of group information: one to open, and the four conditions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from agencies.clock import at_wall_clock
from agencies.models import Room, SiteDay, User
from agencies.spoken import NEED_NO_INTERPRETER, common_languages, spoken_name
from agencies.web.fields import TextField, in_latin_digits
from agencies.web.forms import RefusableForm
from bookings.chains.group_checks import GroupNotOpened, GroupPlan
from bookings.chains.group_meetings import open_group
from bookings.groups.conditions import LONGEST
from bookings.models.groups import CONDITIONS, FEWEST, MOST
from interpreters.models import Interpreter

USUAL = 5  # parties
SWEDISH = "swe"
OUTSIDE = "outside-"  # before the language of a group whose interpreter is ordered


class HourField(forms.TimeField):
    """A time of day typed as 08:30, with whichever digits."""

    widget = forms.TextInput({"autocomplete": "off", "inputmode": "numeric", "maxlength": 5})
    input_formats = ("%H:%M", "%H.%M")
    default_error_messages = {"invalid": _("Write a time as 08:30.")}

    def to_python(self, value: Any) -> Any:
        return super().to_python(in_latin_digits(value) if isinstance(value, str) else value)


class OpenGroupForm(RefusableForm):
    """A group to open on the day; each condition is ticked by itself."""

    caseworker = forms.ChoiceField(label=_("Caseworker"))
    starts = HourField(label=_("Starts"))
    ends = HourField(label=_("Ends"))
    interpreter = forms.ChoiceField(label=_("Interpreter and language"))
    room = forms.ChoiceField(label=_("Room"), required=False)
    capacity = forms.IntegerField(label=_("Most parties"), min_value=FEWEST, max_value=MOST, initial=USUAL)

    def __init__(
        self,
        data: Any = None,
        *,
        site_day: SiteDay,
        desks: Sequence[User],
        interpreters: Sequence[Interpreter],
        rooms: Sequence[Room],
        conditions: Sequence[str],
    ) -> None:
        super().__init__(data, auto_id="open-%s")
        self.site_day, self.conditions = site_day, conditions
        self.desks = {user.username: user for user in desks}
        self.rooms = {str(room.pk): room for room in rooms}
        self.speakers = {
            f"{one.resource.reference}-{mastery.language}": (one, mastery.language)
            for one in interpreters
            for mastery in one.masteries.all()
        }
        self._give_choices(
            "caseworker", [(key, f"{user.agency} · {user}") for key, user in self.desks.items()]
        )
        self._give_choices(
            "room", [("", gettext("none")), *((key, room.name) for key, room in self.rooms.items())]
        )
        said = get_language() or "sv"
        speakers = [(key, f"{one} · {spoken_name(code, said)}") for key, (one, code) in self.speakers.items()]
        self.outside = {
            f"{OUTSIDE}{one.code}": one.code
            for one in common_languages()
            if one.code not in NEED_NO_INTERPRETER
        }
        outside = [
            (key, gettext("from outside · %(language)s") % {"language": spoken_name(code, said)})
            for key, code in self.outside.items()
        ]
        none = (SWEDISH, gettext("none, in Swedish"))
        self._give_choices("interpreter", [("", "–"), *speakers, none, *outside])
        for number, text in enumerate(conditions, start=1):
            self.fields[f"meets_{number}"] = forms.BooleanField(label=text, required=False)

    def _give_choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def save(self, said: dict[str, Any], *, by: User, at: datetime) -> None:
        """Open the group. Raises what the verb raises."""
        caseworker = self.desks[said["caseworker"]]
        nobody = None, self.outside.get(said["interpreter"], SWEDISH)
        interpreter, language = self.speakers.get(said["interpreter"], nobody)
        if caseworker.agency is None or said["starts"] >= said["ends"]:
            raise GroupNotOpened(gettext("A meeting starts before it ends."))
        met = [text for number, text in enumerate(self.conditions, start=1) if said[f"meets_{number}"]]
        plan = GroupPlan(
            agency=caseworker.agency,
            caseworker=caseworker,
            starts_at=at_wall_clock(self.site_day.date, said["starts"]),
            ends_at=at_wall_clock(self.site_day.date, said["ends"]),
            language=language,
            capacity=said["capacity"],
            conditions=tuple(met),
            room=self.rooms.get(said["room"]),
            interpreter=interpreter,
        )
        open_group(site_day=self.site_day, plan=plan, by=by, at=at)


class ConditionsForm(RefusableForm):
    """The four texts."""

    def __init__(self, data: Any = None, *, texts: Sequence[str]) -> None:
        initial = {f"text_{number}": text for number, text in enumerate(texts, start=1)}
        super().__init__(data, initial=initial)
        for number in range(1, CONDITIONS + 1):
            label = gettext("Condition %(number)s") % {"number": number}
            self.fields[f"text_{number}"] = TextField(label, maxlength=LONGEST)

    def texts(self) -> list[str]:
        return [self.cleaned_data[f"text_{number}"] for number in range(1, CONDITIONS + 1)]
