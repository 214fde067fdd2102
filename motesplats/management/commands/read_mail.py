"""Takes a mail from standard input, as a mail server hands it over; it goes by the exit code (sysexits.h)."""

import os
import sys
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from agencies.secrecy.context import NOBODY, acting_as
from bookings.mails.take import UnreadableMail, take_mail

log = structlog.get_logger(__name__)


class Command(BaseCommand):
    help = "Take a mail that has come back: a report of what became of ours, or an answer to it."
    requires_system_checks = []  # the mail server waits

    def handle(self, *args: Any, **options: Any) -> None:
        raw = sys.stdin.buffer.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        while sys.stdin.buffer.read(1 << 16):
            pass  # of what is longer, the words stand at the beginning
        try:
            with acting_as(NOBODY):
                take_mail(raw=raw, at=timezone.now())
        except UnreadableMail as refusal:
            raise CommandError(refusal.message, returncode=os.EX_DATAERR) from None
        except Exception:  # not sent yet, the database is away, our fault: it is kept and comes again
            log.exception("mail not taken")
            raise CommandError("Not now.", returncode=os.EX_TEMPFAIL) from None
