"""Add interpreters to the pool, and change what is known of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies.models import Resource, Site, User
from agencies.references import new_interpreter_reference
from agencies.refusals import Refusal
from agencies.spoken import of_letter
from interpreters.models import Interpreter, Level, Mastery
from interpreters.pool.keeper import require_keeper

ATTEMPTS = 10


class InterpreterNotKept(Refusal):
    """What was typed cannot be an interpreter of the pool."""

    kind = "interpreter-not-kept"
    field = "languages"


@transaction.atomic
def add_interpreter(
    *,
    name: str,
    levels: Mapping[str, Level],
    sites: Iterable[Site],
    sex: str = "",
    remote: bool = False,
    phone: str = "",
    dialects: Mapping[str, str] | None = None,
    by: User | None = None,
) -> Interpreter:
    """Add an interpreter with a resource; `levels`: level of competence by language, ISO 639-3 or a letter's.

    `dialects`: by the same languages. Without `by` no role is asked for. Raises InterpreterNotKept and NotForYourRole.
    """
    sites = list(sites)
    if by:
        require_keeper(by, sites)
    resource = _new_resource()
    interpreter = Interpreter.objects.create(
        name=name, sex=sex, remote=remote, phone=phone, resource=resource
    )
    interpreter.sites.set(sites)
    _set_levels(interpreter, levels, dialects or {})
    return interpreter


@transaction.atomic
def change_interpreter(  # noqa: PLR0913  what is known of one
    *,
    interpreter: Interpreter,
    name: str,
    levels: Mapping[str, Level],
    sites: Iterable[Site],
    sex: str,
    remote: bool,
    phone: str,
    dialects: Mapping[str, str] | None = None,
    by: User,
    at: datetime,
) -> None:
    """Change what is known of an interpreter; sites that are not the user's stay as they are.

    Raises InterpreterNotKept and NotForYourRole.
    """
    sites = list(sites)
    require_keeper(by, sites)
    interpreter = Interpreter.objects.select_for_update().get(pk=interpreter.pk)
    interpreter.name, interpreter.sex, interpreter.remote, interpreter.phone = name, sex, remote, phone
    interpreter.save()
    interpreter.sites.set([*interpreter.sites.exclude(pk__in=by.sites.all()), *sites])
    _set_levels(interpreter, levels, dialects or {})


def _set_levels(interpreter: Interpreter, levels: Mapping[str, Level], dialects: Mapping[str, str]) -> None:
    if not levels:
        raise InterpreterNotKept(_("Write at least one language."))
    interpreter.masteries.all().delete()
    Mastery.objects.bulk_create(
        Mastery(
            interpreter=interpreter,
            language=of_letter(language),
            level=level,
            dialect=dialects.get(language, ""),
        )
        for language, level in levels.items()
    )


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
