"""Interpreters with their languages, the agreements under which they are ordered, and the orders."""

from interpreters.models.agreements import (
    Agreement,
    AgreementPrice,
    AgreementRank,
    AgreementTerms,
    Form,
)
from interpreters.models.interpreters import Interpreter, Level, Mastery, Spare, validate_spoken
from interpreters.models.orders import InterpreterOrder, OrderEvent

__all__ = [
    "Agreement",
    "AgreementPrice",
    "AgreementRank",
    "AgreementTerms",
    "Form",
    "Interpreter",
    "InterpreterOrder",
    "Level",
    "Mastery",
    "OrderEvent",
    "Spare",
    "validate_spoken",
]
