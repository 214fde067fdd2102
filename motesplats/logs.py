"""What the log must never hold: the token of a newcomer's link or of a colleague's, and the paper code."""

import logging
import re

TOKEN = re.compile(r"/(d|password/[\w-]+)/[\w-]+")
CODE = re.compile(r"([?&]k=)[^&\s\"']*")


class MaskLinks(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = mask(record.msg), mask(record.args)
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
