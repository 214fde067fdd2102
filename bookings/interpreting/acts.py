"""What the buttons of the day's page do: which verb with what was typed."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.models import Shift, SiteDay, User
from agencies.web.forms import RefusableForm
from bookings.interpreting.choices import interpreter_named, wish_and_agreement
from bookings.interpreting.cover import cover_interpreter, take_chain
from bookings.interpreting.forms import AskForm, ConfirmForm, PoolShiftForm, pool_at
from bookings.interpreting.serve import serve_chain, serve_group
from interpreters.models import Interpreter, InterpreterOrder, OrderEvent
from interpreters.orders.answer import confirm_order, decline_order, receive_order
from interpreters.orders.ask import ask_next, ask_order
from interpreters.orders.close import cancel_order, complain
from interpreters.orders.queries import orders
from interpreters.pool.on_shift import put_on_shift, set_spare, use_spare

LARGEST_NUMBER = 10  # digits
Act = Callable[[], str]


class InterpreterPress:
    """A pressed button; `form` is the one that it sent, `said` what to say, `shown` the reference of the order."""

    def __init__(self, typed: QueryDict, site_day: SiteDay, *, by: User, at: datetime) -> None:
        self.typed, self.site_day = typed, site_day
        self.who: dict[str, Any] = {"by": by, "at": at}
        self.form: RefusableForm | None = None
        self.shown = typed.get("order", "")

    @property
    def is_refused(self) -> bool:
        return bool(self.form and self.form.errors)

    def carry_out(self) -> str:
        """Do it; gives what to say, or nothing. Raises Http404 for what no button says, and what the verbs raise."""
        acts = self._with_an_order() if self.shown else self._without_one()
        act = acts.get(self.typed.get("do", "ask"))
        if act is None:
            raise Http404
        return act()

    def _without_one(self) -> Mapping[str, Act]:
        return {
            "ask": self._ask,
            "shift": self._shift,
            "use": self._use,
            "spare": self._spare,
            "cover": self._cover,
            "take": self._take,
        }

    def _with_an_order(self) -> Mapping[str, Act]:
        named = self.shown.replace("\x00", "")
        order = get_object_or_404(orders(), reference=named, site_day=self.site_day)
        who: dict[str, Any] = {"order": order, **self.who}
        why = self.typed.get("why", "").replace("\x00", "")
        fault = self.typed.get("fault", "")
        acts: dict[str, Act] = {
            "receive": lambda: _quiet(receive_order(**who)),
            "confirm": lambda: self._confirm(order),
            "decline": lambda: _quiet(decline_order(**who, why=why)),
            "next": lambda: self._next(order),
            "cancel": lambda: _quiet(cancel_order(**who, why=why, seen_ore=self._number("cost"))),
            "serve": lambda: _quiet(serve_chain(chain=self._number("chain"), order=order, by=self.who["by"])),
            "serve-group": lambda: _quiet(
                serve_group(reference=self.typed.get("group", ""), order=order, by=self.who["by"])
            ),
            "on-shift": lambda: self._on_shift(order),
        }
        if fault in OrderEvent.Fault.values:
            acts["complain"] = lambda: _quiet(complain(**who, why=why, fault=OrderEvent.Fault(fault)))
        return acts

    def _ask(self) -> str:
        place = {"site": self.site_day.location.site.code, "date": self.site_day.date}
        place |= {"location": self.site_day.location.name}
        self.form = AskForm(self.typed, site_day=self.site_day, pool=pool_at(self.site_day))

        def verb(said: dict[str, Any]) -> None:
            self.shown = ask_order(**wish_and_agreement(said | place), **self.who).reference

        self.form.is_accepted(verb)
        return ""

    def _confirm(self, order: InterpreterOrder) -> str:
        self.form = ConfirmForm(self.typed, order=order, pool=pool_at(self.site_day))

        def verb(said: dict[str, Any]) -> object:
            name = said.pop("interpreter")
            tolk = interpreter_named(name, site_day=self.site_day) if name else None
            return confirm_order(order=order, interpreter=tolk, **said, **self.who)

        self.form.is_accepted(verb)
        return ""

    def _next(self, order: InterpreterOrder) -> str:
        self.shown = ask_next(order=order, **self.who).reference
        return ""

    def _shift(self) -> str:
        self.form = PoolShiftForm(self.typed, pool=pool_at(self.site_day))

        def verb(said: dict[str, Any]) -> object:
            tolk = interpreter_named(said.pop("interpreter"), site_day=self.site_day)
            return put_on_shift(interpreter=tolk, site_day=self.site_day, **said, **self.who)

        return _("The interpreter is on shift.") if self.form.is_accepted(verb) else ""

    def _on_shift(self, order: InterpreterOrder) -> str:
        if order.interpreter is None:
            raise Http404
        put_on_shift(
            interpreter=order.interpreter,
            site_day=self.site_day,
            starts=local(order.starts_at).time(),
            ends=local(order.ends_at).time(),
            **self.who,
        )
        return _("The interpreter is on shift.")

    def _use(self) -> str:
        use_spare(shift=self._own_shift(), **self.who)
        return _("The spare is offered from now on.")

    def _spare(self) -> str:
        set_spare(shift=self._own_shift(), **self.who)
        return _("The interpreter stands by from now on.")

    def _cover(self) -> str:
        other = interpreter_named(self.typed.get("other", "").replace("\x00", ""), site_day=self.site_day)
        return cover_interpreter(shift=self._own_shift(), other=other, **self.who).sentence(other)

    def _take(self) -> str:
        shift = self._own_shift()
        covered = take_chain(chain=self._number("chain"), shift=shift, **self.who)
        return covered.sentence(Interpreter.objects.get(resource=shift.resource_id))

    def _own_shift(self) -> Shift:
        found = Shift.objects.select_related("site_day__location__site", "resource")
        return get_object_or_404(found, pk=self._number("shift"), site_day=self.site_day)

    def _number(self, name: str) -> int:
        typed = self.typed.get(name, "")
        if not (typed.isascii() and typed.isdecimal() and len(typed) <= LARGEST_NUMBER):
            raise Http404
        return int(typed)


def _quiet(_done: object) -> str:
    """Nothing to say: the page shows it."""
    return ""
