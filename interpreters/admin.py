"""The admin of the pool of interpreters and of the agreements."""

from django.contrib import admin

from interpreters.models import (
    Agreement,
    AgreementPrice,
    AgreementRank,
    AgreementTerms,
    Interpreter,
    Mastery,
)


class MasteryInline(admin.TabularInline[Mastery, Interpreter]):
    model = Mastery
    extra = 0


@admin.register(Interpreter)
class InterpreterAdmin(admin.ModelAdmin[Interpreter]):
    list_display = ["name", "remote", "sex"]
    list_filter = ["remote", "sex", "sites", "masteries__language", "masteries__level"]
    search_fields = ["name"]
    autocomplete_fields = ["resource"]
    filter_horizontal = ["sites"]
    inlines = [MasteryInline]


class RankInline(admin.TabularInline[AgreementRank, Agreement]):
    model = AgreementRank
    extra = 0


@admin.register(Agreement)
class AgreementAdmin(admin.ModelAdmin[Agreement]):
    list_display = ["contract_number", "name", "supplier", "kind", "valid_from", "valid_until"]
    list_filter = ["kind", "agencies__code"]
    search_fields = ["contract_number", "name", "supplier"]
    filter_horizontal = ["agencies"]
    inlines = [RankInline]


class PriceInline(admin.TabularInline[AgreementPrice, AgreementTerms]):
    model = AgreementPrice
    extra = 0


@admin.register(AgreementTerms)
class AgreementTermsAdmin(admin.ModelAdmin[AgreementTerms]):
    list_display = ["agreement", "valid_from", "unit_minutes", "minimum_minutes"]
    list_filter = ["agreement"]
    inlines = [PriceInline]
