"""Log records: their fields, and masks over links' tokens and paper codes, which no log may hold."""

import logging
import re
from collections.abc import Mapping

import structlog

# A mail may have broken a token into pieces, or glued something to it.
TOKEN = re.compile(r"/(d|password/[\w-]+)/ *[^/?&\s\"']+(?: [0-9A-Za-z]{2,26}\b(?!/))*")
CODE = re.compile(r"([?&]k=)[^&\s\"']*")


def configure() -> None:
    """Let structlog's loggers write through the handlers of LOGGING."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


class MaskLinks(logging.Filter):
    """A filter that masks each record's message and arguments."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = mask(record.msg)
        if isinstance(record.args, Mapping):
            record.args = {name: mask(value) for name, value in record.args.items()}
        elif record.args:
            record.args = tuple(mask(value) for value in record.args)
        return True


def mask(message: object) -> object:
    """The same message with every link's token and code masked."""
    if isinstance(message, str):
        return CODE.sub(r"\1***", TOKEN.sub(r"/\1/***", message))
    if isinstance(message, dict):
        return {key: mask(value) for key, value in message.items()}
    if isinstance(message, tuple):
        return tuple(mask(value) for value in message)
    return message
