"""Add interpreters to the pool."""

from collections.abc import Iterable, Mapping

from django.db import IntegrityError, transaction

from agencies.models import Resource, Site
from agencies.references import new_interpreter_reference
from agencies.spoken import of_letter
from interpreters.models import Interpreter, Level, Mastery

ATTEMPTS = 10


@transaction.atomic
def add_interpreter(
    *, name: str, levels: Mapping[str, Level], sites: Iterable[Site], sex: str = "", remote: bool = False
) -> Interpreter:
    """Add an interpreter with a resource; `levels`: level of competence by language, ISO 639-3 or a letter's."""
    resource = _new_resource()
    interpreter = Interpreter.objects.create(name=name, sex=sex, remote=remote, resource=resource)
    interpreter.sites.set(sites)
    Mastery.objects.bulk_create(
        Mastery(interpreter=interpreter, language=of_letter(language), level=level)
        for language, level in levels.items()
    )
    return interpreter


def _new_resource() -> Resource:
    """A resource under a reference that nobody has. Raises IntegrityError after ten attempts."""
    for attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return Resource.objects.create(
                    kind=Resource.Kind.INTERPRETER, reference=new_interpreter_reference()
                )
        except IntegrityError:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError
