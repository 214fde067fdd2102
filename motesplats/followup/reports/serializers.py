"""Day reports as the API reads and writes them."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from agencies.web.known_names import KnownNames
from agencies.web.problem_schema import ProblemSerializer
from motesplats.followup.reports.numbers import (
    DIMENSIONS,
    LONGEST_NOTE,
    LONGEST_WHY,
    MOST,
    TOTALS,
    DayNumbers,
)
from motesplats.followup.reports.queries import numbers_of
from motesplats.models import DayReport


def count(**kwargs: Any) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=0, max_value=MOST, **kwargs)


def counts(keys: list[str], *, more: str = "none where left out", **kwargs: Any) -> serializers.DictField:
    return serializers.DictField(child=count(), help_text=f"Persons by {', '.join(keys)}; {more}", **kwargs)


class PeopleSerializer(KnownNames):
    """The day's persons, three times: the sums are the same. Of several tracks also by sex and age within each."""

    sex_age = counts(DIMENSIONS["sex_age"])
    track = counts(DIMENSIONS["track"])
    mode = counts(DIMENSIONS["mode"])
    track_sex_age = counts(
        ["1|F|0-17"],
        more="and so on; of a day of one track it is filled in. Older reports of several tracks lack it, "
        "and a month with such a report is not told by sex and age within tracks",
        default=dict,
    )


class DayReportSerializer(serializers.Serializer[Any]):
    """`source`: counted from check-ins or reported, that is typed; locked, it counts in the figures."""

    site = serializers.SlugField()
    site_name = serializers.CharField()
    date = serializers.DateField()
    source = serializers.ChoiceField(DayReport.Source.choices)  # type: ignore[assignment]  # the report's own word
    was_open = serializers.BooleanField(
        help_text="False: the site was not open that day, and nothing is counted"
    )
    people = PeopleSerializer()
    parties = count()
    no_shows = count()
    referrals = count()
    interpreting = serializers.ChoiceField(DayReport.Interpreting.choices, allow_null=True)
    trouble = serializers.ListField(child=serializers.ChoiceField(DayReport.Trouble.choices))
    note = serializers.CharField(allow_blank=True)
    why = serializers.CharField(allow_blank=True, help_text="Why numbers differ from the check-ins")
    version = serializers.IntegerField()
    locked_at = serializers.DateTimeField(allow_null=True)

    def to_representation(self, report: DayReport) -> dict[str, Any]:
        numbers = numbers_of(report)
        return super().to_representation(
            {
                "site": report.site.code,
                "site_name": report.site.name,
                "date": report.date,
                "source": report.source,
                "was_open": report.was_open,
                "people": {
                    dimension: {key: numbers.within_tracks.get((dimension, key), 0) for key in keys}
                    for dimension, keys in DIMENSIONS.items()
                },
                **{
                    name: getattr(report, name)
                    for name in (*TOTALS, "interpreting", "trouble", "note", "why")
                },
                "version": report.version,
                "locked_at": report.locked_at,
            }
        )


class NewDayReportSerializer(KnownNames):
    """`version`: that of the report which is changed; without it the day must have none.

    A locked report is corrected, and `why` says why. What was read may be sent back with what is changed in it.
    """

    also_known = ("site_name", "source", "locked_at")

    site = serializers.SlugField(help_text="The code of one of your sites")
    date = serializers.DateField()
    was_open = serializers.BooleanField(
        default=True, help_text="False: the site types its reports and was not open that day; nobody came"
    )
    people = PeopleSerializer()
    parties = count()
    no_shows = count(default=0)
    referrals = count(default=0)
    interpreting = serializers.ChoiceField(
        DayReport.Interpreting.choices, allow_null=True, default=None, help_text="1 badly to 4 very well"
    )
    trouble = serializers.ListField(
        child=serializers.ChoiceField(DayReport.Trouble.choices),
        max_length=len(DayReport.Trouble),
        default=list,
    )
    note = serializers.CharField(
        allow_blank=True, max_length=LONGEST_NOTE, default="", help_text="What happened; no names"
    )
    why = serializers.CharField(
        allow_blank=True,
        max_length=LONGEST_WHY,
        default="",
        help_text="Why numbers differ from the check-ins, or why a locked report is corrected",
    )
    version = serializers.IntegerField(min_value=0, max_value=2**31 - 1, default=0)


class LockSerializer(serializers.Serializer[Any]):
    """`version`: that of the report which was seen; without it the report is locked as it stands."""

    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False)


class ReportFilterSerializer(KnownNames):
    """One site, and between which dates."""

    also_known = ("limit", "offset")

    site = serializers.SlugField(required=False, help_text="The code of one of your sites")
    to = serializers.DateField(required=False, help_text="The last date")

    def get_fields(self) -> dict[str, Any]:
        return super().get_fields() | {
            "from": serializers.DateField(required=False, help_text="The first date")
        }

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:
        if "from" in asked and "to" in asked and asked["from"] > asked["to"]:
            raise serializers.ValidationError({"to": _("The period ends before it begins.")})
        return asked


class ReportProblemSerializer(ProblemSerializer):
    """`version`: how the report stands, where the day has one."""

    version = serializers.IntegerField(required=False)


def numbers_in(said: dict[str, Any]) -> DayNumbers:
    """What a validated body says."""
    people = {
        (dimension, key): number
        for dimension in DIMENSIONS
        for key, number in said["people"][dimension].items()
    }
    return DayNumbers(
        people=people,
        totals={name: said[name] for name in TOTALS},
        interpreting=said["interpreting"],
        trouble=tuple(dict.fromkeys(said["trouble"])),
        note=said["note"],
        why=said["why"],
        was_open=said["was_open"],
    )
