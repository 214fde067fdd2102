"""A field whose value the database only holds sealed."""

import json
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from agencies.secrecy.sealing import seal, unseal

if TYPE_CHECKING:
    Field = models.Field[Any, Any]
else:
    Field = models.Field


class SealedJSONField(Field):
    """JSON, encrypted on its way into the database. Reading it raises KeyMissing if its key is gone."""

    def get_internal_type(self) -> str:
        return "TextField"

    def from_db_value(self, value: str | None, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        return None if value is None else json.loads(unseal(value))

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else seal(json.dumps(value, ensure_ascii=False))
