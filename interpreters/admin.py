"""The admin of the pool of interpreters."""

from django.contrib import admin

from interpreters.models import Interpreter, Mastery


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
