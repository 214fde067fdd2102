"""What the calculator's parts are called."""

from django.utils.translation import gettext_lazy as _

from motesplats.followup.benefit.assumptions import CostKind
from motesplats.followup.benefit.check import Nonsense
from motesplats.followup.benefit.payback import SOCIETY, SUBSIDISED
from motesplats.followup.benefit.stakeholders import Stakeholder

STAKEHOLDERS = {
    Stakeholder.MUNICIPALITY: _("The municipality"),
    Stakeholder.REGION: _("The region"),
    Stakeholder.FK: _("Försäkringskassan"),
    Stakeholder.AF: _("Arbetsförmedlingen"),
    Stakeholder.OTHER_STATE: _("Other state"),
    Stakeholder.INSURERS: _("Insurance companies"),
    Stakeholder.PERSON: _("The person"),
}
WHOSE = {
    SOCIETY: _("Society"),
    SUBSIDISED: _("Society, with wage subsidy"),
    **{one.value: label for one, label in STAKEHOLDERS.items()},
}
COST_KINDS = {
    CostKind.STAFF: _("Staff hours"),
    CostKind.INTERPRETERS: _("Interpreters"),
    CostKind.ROOMS: _("Rooms"),
    CostKind.TRAVEL: _("Travel"),
    CostKind.OTHER: _("Other, or one sum"),
    CostKind.FREE: _("Free hours and rooms"),
}
COST_PARTS = {"kind": _("what"), "by": _("who"), "number": _("hours or pieces"), "price": _("kronor")}
EFFECTS = {"transfer": _("money from other parties"), "real": _("made or saved")}
ORIGIN = {"source": _("source"), "dated": _("holds for")}
NUMBER_LABELS = {
    "indirect_tax_factor": _("Indirect taxes"),
    "yearly_value_per_person": _("Full time without subsidy, society"),
    "yearly_value_subsidised": _("Full time with wage subsidy, society"),
    "participants": _("Participants"),
    "payback_years": _("Horizon"),
    "in_work": _("In work without subsidy, all years"),
    "in_work_subsidised": _("In work with wage subsidy, all years"),
    "without_in_work": _("Would have worked anyway"),
    "value_first_year": _("Value made in the first twelve months"),
    "cases": _("Cases"),
    "value_per_case": _("Value of an average case"),
}
UNITS = {
    "indirect_tax_factor": _("times"),
    "yearly_value_per_person": _("kr a year"),
    "yearly_value_subsidised": _("kr a year"),
    "participants": _("persons"),
    "payback_years": _("years, at most 10"),
    "in_work": _("persons"),
    "in_work_subsidised": _("persons"),
    "without_in_work": _("persons"),
    "value_first_year": _("kr"),
    "cases": _("cases"),
    "value_per_case": _("kr a case"),
}
NONSENSE = {
    Nonsense.MORE_THAN_TAKE_PART: _("That is more than take part."),
    Nonsense.NOTHING: _("There is nothing to calculate: write a cost or another number."),
}
