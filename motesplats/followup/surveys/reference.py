"""Loads the first surveys, marked as examples, and the published means of one; what is there already stays."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from motesplats.models import ImportedMean, Instrument, SurveyQuestion, SurveyRound

HERE = Path(__file__).parent
PLACE, INVITED = "LivA Östersund", 14


@transaction.atomic
def load_instruments() -> None:
    """Create the surveys that are missing, each with its questions."""
    for row in json.loads((HERE / "instruments.json").read_text("utf-8")):
        questions = row.pop("questions")
        instrument, is_new = Instrument.objects.get_or_create(
            code=row.pop("code"), defaults={**row, "is_draft": True}
        )
        if is_new:
            SurveyQuestion.objects.bulk_create(
                SurveyQuestion(instrument=instrument, **question) for question in questions
            )


@transaction.atomic
def load_published_means() -> None:
    """Create the rounds before and after of the evaluation of LivA: printed means, and no person behind them."""
    questions = list(SurveyQuestion.objects.filter(instrument="liva").order_by("number"))
    for row in json.loads((HERE / "liva.json").read_text("utf-8")):
        one, is_new = SurveyRound.objects.get_or_create(
            instrument_id="liva",
            place=PLACE,
            phase=row["phase"],
            opens_on=date.fromisoformat(row["opens_on"]),
            closes_on=date.fromisoformat(row["closes_on"]),
            invited=INVITED,
            is_imported=True,
        )
        if is_new:
            ImportedMean.objects.bulk_create(
                ImportedMean(round=one, question=question, people=row["answered"], mean=Decimal(mean))
                for question, mean in zip(questions, row["means"], strict=True)
            )
