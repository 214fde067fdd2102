"""What planning needs to know about a party, registered or not yet. Pure."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

WITHOUT_INTERPRETER = frozenset({"sv", "en"})  # the desks' own languages


@dataclass(frozen=True, slots=True)
class Profile:
    """A party as the planner sees it: ages and needs, no names."""

    owner_code: str
    language: str
    municipality: int
    legal_basis: int
    births: tuple[date, ...]
    step_free: bool = False
    extra_time: bool = False
    caseworker_sex: str = ""
    interpreter_sex: str = ""
    overridden: bool = False
    switched: Mapping[str, bool] = field(default_factory=dict)
    reference: str = ""

    @property
    def key(self) -> str:
        """What a proposal is bound to: the reference, or a fingerprint before there is one."""
        return self.reference or self.fingerprint

    @property
    def keys(self) -> frozenset[str]:
        """All that a proposal for this party may be bound to."""
        return frozenset({self.key, self.fingerprint})

    @property
    def fingerprint(self) -> str:
        """The same for the same answers in the form."""
        plain = repr(sorted((asdict(self) | {"reference": ""}).items()))
        return "new:" + hashlib.sha256(plain.encode()).hexdigest()[:24]

    @property
    def needs_interpreter(self) -> bool:
        return self.language not in WITHOUT_INTERPRETER
