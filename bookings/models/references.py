from django.db import IntegrityError, transaction

from agencies.references import new_reference
from bookings.models.chains import Chain
from bookings.models.groups import GroupMeeting
from bookings.models.parties import Party

ATTEMPTS = 10


def insert_referenced(row: Party | Chain | GroupMeeting) -> None:
    """Insert the row under a new reference, and try another if it is taken.

    Row level security hides which are taken. Raises IntegrityError after ten attempts.
    """
    for attempt in range(ATTEMPTS):
        row.reference = new_reference()
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            if "_reference_" not in str(error) or attempt == ATTEMPTS - 1:
                raise
        else:
            return
