"""What the log must never hold: the token of a newcomer's link."""

import logging
import re

TOKEN = re.compile(r"/d/[\w-]+")


class MaskLinks(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = mask(record.msg)
        return True


def mask(message: object) -> object:
    """The same message with every link's token masked."""
    if isinstance(message, str):
        return TOKEN.sub("/d/***", message)
    if isinstance(message, dict):
        return {key: mask(value) for key, value in message.items()}
    return message
