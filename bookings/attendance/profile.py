"""What planning needs to know about a party, which need not be registered yet. Pure."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Profile:
    """A party's birth dates and needs, without names; `municipality` and `legal_basis` are keys.

    `overridden`: the legal basis need not be valid. `switched`: meetings turned on (True) or off (False), by agency
    code. `interpreter_language`: ISO 639-3, empty when none is needed. `reference`: empty before registration.
    `days`: how many days have been booked for the party until now. `own`: meetings that an adult, by index among
    `births`, asks to have alone.
    """

    owner_code: str
    municipality: int
    legal_basis: int
    births: tuple[date, ...]
    step_free: bool = False
    extra_time: bool = False
    caseworker_sex: str = ""
    interpreter_language: str = ""
    interpreter_sex: str = ""
    overridden: bool = False
    is_quota: bool = False
    switched: Mapping[str, bool] = field(default_factory=dict)
    reference: str = ""
    days: int = 0
    own: tuple[tuple[int, str], ...] = ()

    @property
    def key(self) -> str:
        """The party's name in a proposal: its reference, or before registration its fingerprint."""
        return self.reference or self.fingerprint

    @property
    def keys(self) -> frozenset[str]:
        """Every name that a proposal for this party may carry."""
        return frozenset({self.key, self.fingerprint})

    @property
    def fingerprint(self) -> str:
        """A hash of all but the reference: the same for the same answers in the booking form."""
        told = asdict(self) | {"reference": "", "days": 0}
        if not self.own:
            del told["own"]
        plain = repr(sorted(told.items()))
        return "new:" + hashlib.sha256(plain.encode()).hexdigest()[:24]

    def without(self, agencies: Iterable[str]) -> "Profile":
        """The same party with the meetings with these agencies, by code, turned off."""
        return replace(self, switched={**self.switched, **dict.fromkeys(agencies, False)})

    @property
    def needs_interpreter(self) -> bool:
        return bool(self.interpreter_language)
