"""Texts are written, checked by somebody, and hold from a day on; a checked one that changes is a draft again."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from agencies.directory.entries import entry_at
from agencies.directory.queries import texts_of, versions_of
from agencies.directory.texts import NotYourText, TextPlace, write_texts
from agencies.models import (
    Document,
    Municipality,
    Service,
    ServiceDocument,
    ServiceLength,
    TextBlock,
    TextBlockChange,
)
from agencies.sites.saving import ValueNotAllowed
from agencies.texts.choose import Audience
from agencies.texts.queries import texts_for
from tests.agencies.sites.typed import inputs
from tests.browser import browser_of, words_of
from tests.factories.agencies import ManagerFactory, SecretariatFactory, the_agency

pytestmark = pytest.mark.django_db
PAGE = "/agencies/AF/"


def general(language: str = "sv", slot: str = "about", code: str = "AF") -> TextBlock:
    return TextBlock.objects.get(
        service__agency_code=code, slot=slot, language=language, track=None, municipality=None, condition=""
    )


def write(
    by, entry: str = "AF", place: TextPlace | None = None, *, since=None, seen: int = 0, **texts
) -> None:
    found = entry_at(entry)
    assert found
    write_texts(
        entry=found,
        place=place or TextPlace("about"),
        values=texts,
        since=since,
        seen=seen,
        by=by,
        at=timezone.now(),
    )


def now() -> dict[str, Any]:
    """What stands in the general text in each language, as one would send it."""
    rows = TextBlock.objects.filter(
        service__agency_code="AF", slot="about", track=None, municipality=None, condition="", valid_to=None
    )
    return {f"{part}_{row.language}": getattr(row, part) for row in rows for part in ("text", "state")}


def read(language: str, on, *, municipality: int | None = None, code: str = "AF") -> str:
    reader = Audience(language=language, municipality=municipality)
    service = Service.objects.get(agency_code=code)
    return texts_for(reader, on=on).words("about", agency_code=code, service=service.pk).text


def test_a_checked_text_that_changes_is_a_draft_again_and_others_stay_as_they_are():
    manager = ManagerFactory(agency="AF")
    for row in TextBlock.objects.filter(service__agency_code="AF", slot="about", language__in=["sv", "en"]):
        row.state = "checked"
        row.save()
    write(manager, **(now() | {"text_en": "You tell us.", "state_en": "checked"}))
    assert (general("en").text, general("en").state) == ("You tell us.", "draft")
    assert general("sv").state == "checked"
    write(manager, seen=1, **(now() | {"state_en": "checked"}))
    checked = general("en")
    assert (checked.state, checked.checked_by) == ("checked", manager)
    assert checked.checked_at is not None
    write(manager, seen=2, **(now() | {"text_en": "You tell."}))
    assert (general("en").checked_by, general("en").checked_at) == (None, None)
    assert TextBlockChange.objects.filter(pgh_obj=general("en"), pgh_label="update").count() == 4


def test_who_has_checked_a_text_stands_on_the_page():
    browser = browser_of(ManagerFactory(agency="AF", first_name="Amal", last_name="Nur"))
    address = f"{PAGE}texts/{general().pk}/"
    typed = inputs(browser, address) | {"state_ar": "checked"}
    assert browser.post(address, typed)["Location"] == PAGE
    assert f"checked (Amal Nur, {timezone.localdate()})" in words_of(browser.get(PAGE))


def test_what_a_text_said_before_and_who_changed_it_stands_beside_the_editor(django_assert_num_queries):
    manager = ManagerFactory(agency="AF", first_name="Amal", last_name="Nur")
    browser, address, first = browser_of(manager), f"{PAGE}texts/{general().pk}/", general("en").text
    for said in ("You tell us.", "You tell."):
        browser.post(address, inputs(browser, address) | {"text_en": said})
    words = words_of(browser.get(address))
    earlier = words[words.index("What it said before") :]
    assert earlier.index("You tell us.") < earlier.index(first)
    assert "when Amal Nur changed it" in earlier
    entry = entry_at("AF")
    assert entry
    text = next(one for one in texts_of(entry, today=timezone.localdate()) if one.key == general().pk)
    TextBlock.objects.filter(pk=general("en").pk).update(
        valid_from=timezone.localdate() - timedelta(days=9)
    )  # which says nothing else
    text = next(one for one in texts_of(entry, today=timezone.localdate()) if one.key == general().pk)
    assert [one.text for one in versions_of(text, most=9) if one.language == "en"] == ["You tell us.", first]
    for most in (1, 2):
        with django_assert_num_queries(1):
            assert len(versions_of(text, most=most)) == most


def test_a_text_may_begin_on_a_later_day_and_the_former_one_holds_until_then():
    today, before = timezone.localdate(), general().text
    later = today + timedelta(days=30)
    write(ManagerFactory(agency="AF"), since=later, **(now() | {"text_sv": "Ny text."}))
    assert read("sv", today) == read("sv", later - timedelta(days=1)) == before
    assert read("sv", later) == "Ny text."
    assert read("en", later) == general("en").text


def test_a_text_does_not_begin_in_the_past_or_today():
    for days in (0, -1):
        with pytest.raises(ValueNotAllowed) as refused:
            write(ManagerFactory(agency="AF"), since=timezone.localdate() + timedelta(days=days), **now())
        assert "since" in refused.value.errors


def test_the_swedish_text_for_everybody_is_not_emptied_but_others_are():
    manager = ManagerFactory(agency="AF")
    with pytest.raises(ValueNotAllowed) as refused:
        write(manager, **(now() | {"text_sv": " "}))
    assert "text_sv" in refused.value.errors
    write(manager, **(now() | {"text_so": ""}))
    assert not TextBlock.objects.filter(
        service__agency_code="AF", slot="about", language="so", track=None, condition=""
    ).exists()


def test_a_municipality_says_it_otherwise_and_changes_nothing_that_all_share():
    manager = ManagerFactory(agency=the_agency("KOM"))
    browser = browser_of(manager)
    home = Municipality.objects.get(code="0581")
    typed = inputs(browser, "/agencies/0581/new-text/?slot=about")
    assert typed["municipality"] == "0581"
    answer = browser.post("/agencies/0581/new-text/", typed | {"text_sv": "Så gör vi i Norrköping."})
    assert answer["Location"] == "/agencies/0581/"
    today = timezone.localdate()
    assert read("sv", today, municipality=home.pk, code="KOM") == "Så gör vi i Norrköping."
    shared = general(code="KOM")
    assert read("sv", today, code="KOM") == shared.text
    assert browser.get(f"/agencies/0581/texts/{shared.pk}/").status_code == 404
    with pytest.raises(NotYourText):
        write(manager, "0581", seen=1, text_sv="Allas text")
    assert browser.post(
        "/agencies/0581/new-text/", typed | {"municipality": "0580", "text_sv": "x"}
    ).status_code in (409, 422)


def test_another_agency_s_text_is_not_there():
    browser = browser_of(ManagerFactory(agency="AF"))
    assert browser.get(f"{PAGE}texts/{general(code='FK').pk}/").status_code == 404


def test_why_one_is_summoned_may_be_said_by_the_agency_for_a_track():
    browser = browser_of(ManagerFactory())
    typed = inputs(browser, "/agencies/MIG/new-text/") | {"slot": "why", "track": "1", "text_sv": "Därför."}
    assert browser.post("/agencies/MIG/new-text/", typed)["Location"] == "/agencies/MIG/"
    row = TextBlock.objects.get(agency_code="MIG")
    assert (row.slot, row.track, row.service) == ("why", 1, None)


@pytest.mark.parametrize(
    "typed", [{"track": "7"}, {"slot": "nowhere"}, {"condition": "rich"}, {"since": "soon"}]
)
def test_a_place_that_there_is_not_is_refused(typed):
    browser = browser_of(ManagerFactory(agency="AF"))
    address = f"{PAGE}new-text/"
    answer = browser.post(address, inputs(browser, address) | {"slot": "about", "text_sv": "x"} | typed)
    assert answer.status_code == 422


def test_another_length_in_a_track_or_a_municipality_is_set_replaced_and_removed():
    browser = browser_of(ManagerFactory(agency="AF"))
    address = f"{PAGE}lengths/"
    for minutes in ("40", "50"):
        typed = inputs(browser, address) | {"track": "2", "minutes": minutes}
        assert browser.post(address, typed)["Location"] == address
    [row] = ServiceLength.objects.filter(service__agency_code="AF")
    assert (row.track, row.minutes) == (2, 50)
    assert "50 min" in words_of(browser.get(PAGE))
    nobody = inputs(browser, address) | {"track": "", "municipality": ""}
    assert "Name a track, a municipality or both." in words_of(browser.post(address, nobody))
    version = inputs(browser, address)["version"]
    other = browser_of(ManagerFactory(agency="FK"))
    assert other.post(f"{address}{row.pk}/remove/", {"version": version}).status_code == 404
    assert browser.post(f"{address}{row.pk}/remove/", {"version": version})["Location"] == address
    assert not ServiceLength.objects.exists()


def test_a_document_is_asked_for_by_track_and_housing_and_no_longer():
    browser = browser_of(ManagerFactory(agency="AF"))
    address = f"{PAGE}documents/"
    document = ServiceDocument.objects.filter(service__agency_code="FK")[0].document_id
    typed = inputs(browser, address) | {"document": str(document), "track": "3", "housing": ["rented"]}
    assert browser.post(address, typed)["Location"] == address
    row = ServiceDocument.objects.get(service__agency_code="AF", track=3, document=document)
    assert row.housing == ["rented"]
    version = inputs(browser, address)["version"]
    browser.post(f"{address}{row.pk}/remove/", {"version": version})
    assert not ServiceDocument.objects.filter(pk=row.pk).exists()


def test_a_municipality_removes_nothing_that_all_share():
    browser = browser_of(ManagerFactory(agency=the_agency("KOM")))
    row = ServiceDocument.objects.filter(service__agency_code="KOM", municipality=None)[0]
    answer = browser.post(f"/agencies/0581/documents/{row.pk}/remove/", {"version": "0"})
    assert answer.status_code == 403
    assert ServiceDocument.objects.filter(pk=row.pk).exists()


def test_a_municipality_has_a_length_of_its_own():
    office = browser_of(SecretariatFactory())
    address = "/agencies/0581/lengths/"
    assert office.post(address, inputs(office, address) | {"minutes": "75"})["Location"] == address
    row = ServiceLength.objects.get()
    assert (row.municipality, row.minutes) == (Municipality.objects.get(code="0581"), 75)


def test_why_one_is_summoned_in_a_track_is_the_secretariat_s_common_text():
    office = browser_of(SecretariatFactory())
    row = TextBlock.objects.get(slot="why", language="ar", track=2, condition="")
    page = office.get("/agencies/common/")
    assert "Why one is summoned, by track" in words_of(page)
    address = f"/agencies/common/texts/{TextBlock.objects.get(slot='why', language='sv', track=2, condition='').pk}/"
    typed = inputs(office, address) | {"state_ar": "checked"}
    assert office.post(address, typed)["Location"] == "/agencies/common/"
    row.refresh_from_db()
    assert row.state == "checked"
    late = office.post(address, typed | {"state_so": "checked"})
    assert late.status_code == 409
    assert browser_of(ManagerFactory()).get("/agencies/common/").status_code == 404
    assert general(code="FK").pk not in {text.key for text in page.context["texts"]}


def test_a_document_s_names_are_checked_and_a_further_one_is_added():
    office = browser_of(SecretariatFactory())
    document: Any = Document.objects.get(key="passport")
    address = "/documents/passport/"
    assert (
        office.post(address, inputs(office, address) | {"state_ti": "checked"})["Location"] == "/documents/"
    )
    document.refresh_from_db()
    assert (document.state_ti, document.state_so) == ("checked", "draft")
    stale = inputs(office, address) | {"version": "0", "name_sv": "Pass"}
    assert office.post(address, stale).status_code == 409
    office.post(address, inputs(office, address) | {"name_ti": "ፓስፖርት"})
    document.refresh_from_db()
    assert document.state_ti == "draft"
    new = {"version": "0", "key": "vaccination", "pictogram": "documents", "name_sv": "Vaccinationskort"}
    states = {f"state_{code}": "draft" for code in ("sv", "en", "ar", "prs", "so", "ti")}
    assert office.post("/documents/", new | states)["Location"] == "/documents/"
    assert office.post("/documents/", new | states).status_code == 422
    assert "Vaccinationskort" in words_of(office.get("/agencies/AF/documents/"))
