"""The parties between whom an effort's costs and income are shared out."""

from enum import StrEnum


class Stakeholder(StrEnum):
    MUNICIPALITY = "municipality"
    REGION = "region"
    FK = "fk"
    AF = "af"
    OTHER_STATE = "other_state"
    INSURERS = "insurers"
    PERSON = "person"


# "The state in all" is their subtotal; it is never added to them.
STATE = (Stakeholder.FK, Stakeholder.AF, Stakeholder.OTHER_STATE)
