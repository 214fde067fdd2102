"""The calculations that are built in: what was published, with where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    Typed = Mapping[str, StrOrPromise]

LIVA, FIRST_1000, APPENDIX_5 = "liva", "first-1000", "appendix-5"
REPORT_TIME = "2017–2019"
LIVA_NUMBERS = {
    "indirect_tax_factor": ("1.25", _("implied: 2.2 becomes 2.75 million on p. 19"), "2019"),
    "yearly_value_per_person": ("600000", _("LivA report p. 19, the lower bound"), "2019"),
    "yearly_value_subsidised": ("130000", _("LivA report p. 22, 80 % subsidy, productivity 20 %"), "2019"),
    "participants": ("14", _("LivA report p. 4"), REPORT_TIME),
    "payback_years": ("3", _("chosen here"), ""),
    "in_work": ("2", _("chosen here: an alternative, no outcome"), ""),
}


@dataclass(frozen=True, slots=True)
class Preset:
    """A calculation's name, what it is, and its assumptions as they stand in an address."""

    title: "StrOrPromise"
    about: "StrOrPromise"
    typed: "Typed"

    def data(self) -> dict[str, str]:
        """The assumptions in the reader's language, by the names of the form's fields."""
        return {name: str(value) for name, value in self.typed.items()} | {"title": str(self.title)}


def _numbers(given: Mapping[str, tuple[str, "StrOrPromise", str]]) -> "Typed":
    return {
        f"{name}{part}": value
        for name, values in given.items()
        for part, value in zip(("", "_source", "_dated"), values, strict=True)
        if value
    }


LIVA_TYPED: "Typed" = {
    "preset": LIVA,
    "cost0_kind": "other",
    "cost0_by": "municipality",
    "cost0_price": "1200000",
    "cost0_source": _("LivA report p. 19, paid by the municipality"),
    "cost0_dated": REPORT_TIME,
    "cost1_kind": "free",
    "cost1_price": "1000000",
    "cost1_source": _("LivA report p. 19, “about”; a line of its own, nobody has paid"),
    "cost1_dated": REPORT_TIME,
    "municipality_transfer": "175000",
    "municipality_real": "0",
    "municipality_source": _("LivA report p. 22, the whole gain; wage 22 500 kr a month"),
    "municipality_dated": "2019",
    "beyond": _(
        "the about 90 persons whom the effort spread to\n"
        "the report's 24 million in 40 years: that is beyond ten years\n"
        "less care, supervision and crime: there are prices (a visit to a doctor 1 500 kr, a day in remand "
        "3 600 kr), but no numbers of them"
    ),
}
APPENDIX_TYPED: "Typed" = {
    "preset": APPENDIX_5,
    "cost0_kind": "other",
    "cost0_price": "600000",
    "cost0_source": _("LivA report p. 52"),
    "cost0_dated": "2019",
}
FIRST_1000_NUMBERS = {
    "cases": ("1000", _("published: “about” 1 000 have passed since 2015"), "2015–2017"),
    "value_per_case": ("27000", _("published; what it is made of is not"), "2015–2017"),
}
APPENDIX_NUMBERS = {
    "indirect_tax_factor": ("1", _("the example has no taxes"), "2019"),
    "value_first_year": ("120000", _("LivA report p. 52"), "2019"),
}
PRESETS: Mapping[str, Preset] = {
    LIVA: Preset(
        title="LivA Östersund",
        about=_(
            "After NyttoSam. The numbers are the report's of 2019; where it differs stands beside the result."
        ),
        typed={**LIVA_TYPED, **_numbers(LIVA_NUMBERS)},
    ),
    FIRST_1000: Preset(
        title=_("Mötesplatser, the first 1 000"),
        about=_("As published. How the 27 000 kr were reckoned, and the payback time of two months, is not."),
        typed={"preset": FIRST_1000, **_numbers(FIRST_1000_NUMBERS)},
    ),
    APPENDIX_5: Preset(
        title=_("Efficiency degree, appendix 5"),
        about=_("The example by which the LivA report explains the efficiency degree."),
        typed={**APPENDIX_TYPED, **_numbers(APPENDIX_NUMBERS)},
    ),
}
