"""The base of the factories: calling one makes a row of its model, which mypy must be told."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Model
from factory.django import DjangoModelFactory

AnyModel = TypeVar("AnyModel", bound=Model)


class ModelFactory(DjangoModelFactory[AnyModel]):
    """`PartyFactory()` makes and returns a Party."""

    class Meta:
        abstract = True

    if TYPE_CHECKING:

        def __new__(cls, **fields: Any) -> AnyModel:  # type: ignore[misc]  # factory_boy's metaclass returns the row
            raise NotImplementedError
