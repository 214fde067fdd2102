"""A body or a query of the API in which a misspelt name is refused, and not passed over."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

MOST_TOLD, LONGEST_TOLD = 20, 80


class KnownNames(serializers.Serializer[Any]):
    """Refuses names that are none of its fields' nor `also_known`, such as those of paging."""

    unknown_name: ClassVar[str | Promise] = _("That name is not known here.")
    also_known: ClassVar[Collection[str]] = ()

    def to_internal_value(self, data: Any) -> Any:
        found = super().to_internal_value(data)
        unknown = [str(name) for name in data if name not in self.fields and name not in self.also_known]
        if unknown:
            raise serializers.ValidationError(
                {name[:LONGEST_TOLD]: [str(self.unknown_name)] for name in unknown[:MOST_TOLD]}
            )
        return found
