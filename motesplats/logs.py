"""The log: one JSON object a line, in UTC, without a word that somebody wrote; free of Django, gunicorn uses it too.

What other libraries say is cut before the first value, and of an exception only the kinds and the places are told:
their messages quote names, numbers and addresses. As a last net, tokens, codes and query strings are masked.
"""

import logging
import re
import traceback
from types import TracebackType
from typing import Any

import structlog

TOKEN = re.compile(r"/([bd]|replies|receipts|mails|password/[\w-]+)/[\w:-]+")
QUERY = re.compile(r"\?[\w.\[\]%-]+=[^\s\"']*")
# What these say as a matter of course has no values of people: ports, processes, names of tasks.
PLAIN_SPOKEN = ("gunicorn", "celery", "motesplats", "checklists", "bookings", "interpreters", "agencies")
VALUE = re.compile(r"[:=('\"%{\d<]")

Event = structlog.typing.EventDict


def configure() -> None:
    """Let structlog's loggers write through the handlers of LOGGING."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *described(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def formatter() -> logging.Formatter:
    """The formatter of every handler."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*described(), without_words],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.ExceptionRenderer(traceback_of),
            masked,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def described() -> list[structlog.typing.Processor]:
    """What every line says of itself: the request, the logger, the level, the moment in UTC."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def without_words(logger: Any, method: str, event: Event) -> Event:
    """A record of the standard library's logging, cut before the first value unless it is a matter of course."""
    record: logging.LogRecord = event["_record"]
    if status := getattr(record, "status_code", None):  # Django's records of a request quote its address
        return {**event, "event": "answered", "status": status}
    is_ordinary = record.levelno <= logging.INFO or not record.name.startswith(("gunicorn", "celery"))
    if is_ordinary and record.name.startswith(PLAIN_SPOKEN):
        return event
    return {**event, "event": VALUE.split(str(record.msg), maxsplit=1)[0].strip()}


def traceback_of(exc_info: tuple[type[BaseException], BaseException, TracebackType | None]) -> str:
    """The places and kinds of the exception and of those that led to it, the first one first; never their messages."""
    told: list[str] = []
    exc: BaseException | None = exc_info[1]
    while exc is not None and len(told) < 10:
        places = [
            f"{frame.f_code.co_filename}:{line} {frame.f_code.co_name}"
            for frame, line in traceback.walk_tb(exc.__traceback__)
        ]
        told.insert(0, "\n".join([*places, kind_of(exc)]))
        exc = exc.__cause__ or exc.__context__
    return "\n\n".join(told)


def kind_of(exc: BaseException) -> str:
    """The exception's class; of a database's error also its SQLSTATE and the constraint that refused."""
    kind = f"{type(exc).__module__}.{type(exc).__qualname__}"
    refused = getattr(getattr(exc, "diag", None), "constraint_name", None)
    return " ".join(filter(None, [kind, getattr(exc, "pgcode", None), refused]))


def masked(logger: Any, method: str, event: Event) -> Event:
    """The event with the tokens, codes and query strings of addresses masked."""
    return {name: mask(value) if isinstance(value, str) else value for name, value in event.items()}


def mask(text: str) -> str:
    return QUERY.sub("?***", TOKEN.sub(r"/\1/***", text))
