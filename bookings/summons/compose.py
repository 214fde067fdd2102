"""Compose a version of the summons: its letter in the party's language and in Swedish."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from agencies.models import Location, SiteDay, TextState
from agencies.spoken import is_signed, spoken_name
from agencies.validators import readable_phone
from bookings.availability.pauses import Between, pauses_between
from bookings.links.tokens import code_of, paper_address_of, typed_address_of
from bookings.models import Chain, Link, LinkSummons, Newcomer, Party, Summons
from bookings.parties.names import full_name, short_name
from bookings.summons.changes import change_sentences
from bookings.summons.joint import joint_stop
from bookings.summons.letter import (
    Letter,
    LetterDocument,
    LetterStop,
    Page,
    Pause,
    StopLanguages,
    StopSounds,
)
from bookings.summons.material import Material, agencies_by_key, read_material, read_newest
from bookings.summons.places import home_contact, place_of, sender_of, wording
from bookings.summons.practical import practical_texts
from bookings.summons.summoned_day import SummonedDay, SummonedStop
from bookings.summons.texts import ServiceWords, why_summoned, words_of_service

SHORTEST_PAUSE = timedelta(minutes=15)
MOST_LINES = 5  # of a postal address


def compose(summons: Summons, link: Link) -> Letter:
    """The adult's own copy, in the adult's language and in Swedish."""
    material = read_material(summons, link)
    return compose_material(material, languages=(material.members[link.newcomer_id].reads, "sv"))


def compose_material(material: Material, *, languages: Iterable[str]) -> Letter:
    """A letter of what has been read, in these languages, each once."""
    return Letter(tuple(_page(material, language) for language in dict.fromkeys(languages)))


def compose_page(
    newest: Summons | LinkSummons, link: Link, *, before: Summons | LinkSummons | None = None, language: str
) -> Page:
    """The newest version in one language, as the link shows it; with names if it is the summons that has them."""
    return _page(read_newest(newest, link, before=before), language)


def _page(material: Material, language: str) -> Page:
    known = material.party if isinstance(material.party, Party) else None
    texts = material.texts(language)
    with override(language):
        party, location = material.party, material.site_day.location
        recipient = _recipient(material) if known else ""
        sender = sender_of(party.owner)
        why = why_summoned(texts, party.owner)
        words = {code: words_of_service(texts, service) for code, service in material.services.items()}
        are_checked = why.is_checked and all(each.are_checked for each in words.values())
        return Page(
            language=language,
            draft=not are_checked or _is_draft(material, language),
            recipient=recipient,
            address=address_lines(known.address) if known else (),
            adults=material.adults,
            children=material.children,
            reference=material.summons.chain.reference,
            version=material.summons.version,
            changes=_changes(material, language),
            is_cancellation=material.summons.kind == Summons.Kind.CANCELLATION,
            stamp=_stamp(material),
            sender=sender.name.sv,
            sent_by=sender,
            why=why.text,
            why_language=why.language,
            why_sounds=why.sounds,
            was_at=_was_at(material),
            practical=tuple(practical_texts(texts)),
            place=place_of(location, language),
            arrive_at=max(material.site_day.opens_at, _comes_at(material.stops) - material.arrive_before),
            ends_at=material.stops[-1].ends_at,
            line=tuple(_line(material, words)),
            documents=tuple(
                LetterDocument(wording(row, "name"), row.pictogram, row.key) for row in material.documents
            ),
            interpreter=_interpreter(material, language),
            interpreter_remote=bool(material.interpreter and material.interpreter.remote),
            interpreter_outside=material.outside,
            is_signed=is_signed(party.interpreter_language),
            phone=location.site.phone,
            link=_paper_address(material) if known else "",
            code=_in_fours(code_of(material.link)) if known else "",
            typed_address=typed_address_of(material.link) if known else "",
            is_protected=party.is_protected,
            own_phone=_own_phone(known, material.members.get(material.link.newcomer_id or 0))
            if known
            else "",
            contact=home_contact(location, party.municipality),
        )


def _own_phone(party: Party, adult: Newcomer | None) -> str:
    """The telephone to which messages to the adult go, for the reader; "" where they go to none."""
    if party.is_protected:
        return ""
    is_reached_apart = adult and (adult.own_phone or adult.own_email)
    return readable_phone(adult.own_phone if adult and is_reached_apart else party.phone)


def _comes_at(stops: tuple[SummonedStop, ...]) -> datetime:
    """When the first meeting begins to which somebody comes."""
    return next((stop for stop in stops if not stop.form), stops[0]).starts_at


def _is_draft(material: Material, language: str) -> bool:
    """Whether any name or fixed phrase on the page is not in state checked."""
    names = [*material.agencies.values(), *material.documents, material.party.owner]
    return not phrases_are_checked(language) or not all(name.is_checked(language) for name in names)


def phrases_are_checked(language: str) -> bool:
    """Whether the letter's fixed phrases are checked; each catalogue translates its own state."""
    with override(language):
        return pgettext("state of this catalogue", "draft") == TextState.CHECKED


def _line(material: Material, words: Mapping[str, ServiceWords]) -> Iterable[LetterStop | Pause]:
    """The stops in order, with lunch and the other pauses of a quarter of an hour or more.

    Meetings at one time are one stop, where several agencies are met together.
    """
    held: dict[tuple[datetime, datetime], list[SummonedStop]] = {}
    for stop in material.stops:
        held.setdefault((stop.starts_at, stop.ends_at), []).append(stop)
    spans = list(held)
    between = pauses_between(spans, material.site_day.location.site, with_children=material.children > 0)
    gaps = zip(spans, (*spans[1:], None), (*between, ()), strict=True)
    for stops, (here, following, pauses) in zip(held.values(), gaps, strict=True):
        yield _joint(material, stops, words)
        if following:
            yield from _pauses(here[1], following[0], pauses)


def _pauses(end: datetime, start: datetime, between: Iterable[Between]) -> Iterable[Pause]:
    """Lunch as the site's rule has it, and what is left of the time between two meetings."""
    lunch = next((one for one in between if one.kind == "lunch"), None)
    parts = [(end, start, False)]
    if lunch:
        parts = [
            (end, lunch.starts_at, False),
            (lunch.starts_at, lunch.ends_at, True),
            (lunch.ends_at, start, False),
        ]
    for begins, ends, is_lunch in parts:
        if ends - begins >= SHORTEST_PAUSE:
            yield Pause(begins, ends, lunch=is_lunch)


def _stop(material: Material, stop: SummonedStop, words: ServiceWords) -> LetterStop:
    is_named = stop.who == "concerned"
    manner = [*filter(None, (_at_a_distance(stop.form), _together(stop)))]
    return LetterStop(
        code=stop.code,
        name=wording(material.agencies[stop.agency], "name"),
        about=" ".join(filter(None, (words.about.text, *manner))),
        sheet=words.sheet.text,
        after=words.after.text,
        starts_at=stop.starts_at,
        ends_at=stop.ends_at,
        who=stop.who,
        names=tuple(_short_names(material, stop)) if is_named else (),
        persons=1 if stop.who == "one_adult" else len(stop.members),
        form=stop.form,
        tool=stop.tool if isinstance(material.party, Party) else "",
        sounds=StopSounds(words.about.sounds, words.sheet.sounds, words.after.sounds),
        languages=StopLanguages(
            "" if manner else words.about.language, words.sheet.language, words.after.language
        ),
    )


def _joint(
    material: Material, stops: Sequence[SummonedStop], words: Mapping[str, ServiceWords]
) -> LetterStop:
    """One stop for meetings at one time."""
    called = {key for stop in stops for key in stop.members}
    all_called = replace(stops[0], members=tuple(key for key in material.members if key in called))
    each = [_stop(material, stop, words[stop.code]) for stop in stops]
    return joint_stop(each, names=tuple(_short_names(material, all_called)))


def _together(stop: SummonedStop) -> str:
    return (
        _("Other families are informed together with you. Nobody speaks of your own case there.")
        if stop.group
        else ""
    )


def _at_a_distance(form: str) -> str:
    """How a meeting is held to which nobody comes."""
    if form == "telephone":
        return _("This meeting is by telephone: we ring you.")
    if form == "video":
        return _("This meeting is by video: open the link when it begins.")
    return ""


def _recipient(material: Material) -> str:
    return full_name(material.members[material.link.newcomer_id], material.members.values())


def _paper_address(material: Material) -> str:
    return paper_address_of(
        material.link, language=material.members[material.link.newcomer_id].letter_language
    )


def _short_names(material: Material, stop: SummonedStop) -> Iterable[str]:
    """Of those who must come and are still members of the party."""
    people = material.members.values()
    return (short_name(material.members[key], people) for key in stop.members if key in material.members)


def _interpreter(material: Material, language: str) -> str | None:
    """The language that is interpreted, in the page's own language."""
    if material.interpreter is None and not material.outside:
        return None
    return spoken_name(material.party.interpreter_language, language)


def address_lines(address: str) -> tuple[str, ...]:
    """The lines of a postal address, whose parts are set off by commas; many parts share the first line."""
    parts = [part.strip() for part in address.split(",") if part.strip()]
    if len(parts) > MOST_LINES:
        return (", ".join(parts[: 1 - MOST_LINES]), *parts[1 - MOST_LINES :])
    return tuple(parts)


def _in_fours(code: str) -> str:
    return f"{code[:4]} {code[4:]}"


def _changes(material: Material, language: str) -> tuple[str, ...]:
    """What is new since the version before."""
    if material.before is None or material.summons.kind == Summons.Kind.CANCELLATION:
        return ()
    old, new = (
        SummonedDay.from_json(summons.day).as_told_to(material.link.newcomer_id)
        for summons in (material.before, material.summons)
    )
    met = {stop.agency for day in (old, new) for stop in day.stops}
    sentences = change_sentences(
        old,
        new,
        places=_places(old, material.site_day),
        agencies=material.shelf.by_key("agencies", met, agencies_by_key),
        language=language,
    )
    return tuple(sentences) or (_("Some details in this letter are corrected. The day is the same."),)


def _places(old: SummonedDay, now: SiteDay) -> dict[int, Location]:
    """The places of before and of now, by site day; a query only if the day is another one."""
    before = old.days[0].site_day
    places = {now.pk: now.location}
    if before not in places:
        places[before] = SiteDay.objects.select_related("location__site").get(pk=before).location
    return places


def _was_at(material: Material) -> datetime | None:
    """When one was to come by the version before; None if that was the same time, or there was none."""
    if material.before is None or material.summons.kind == Summons.Kind.CANCELLATION:
        return None
    before = SummonedDay.from_json(material.before.day).as_told_to(material.link.newcomer_id)
    first = _comes_at(before.days[0].stops)
    return None if first == _comes_at(material.stops) else first - material.arrive_before


def _stamp(material: Material) -> str:
    """What is printed across a version that holds no longer."""
    if material.summons.kind == Summons.Kind.CANCELLATION:
        return ""
    if material.summons.chain.state == Chain.State.CANCELLED:
        return _("Cancelled. Do not come.")
    if material.latest > material.summons.version:
        return _("No longer valid. Version %(version)s is.") % {"version": material.latest}
    return ""
