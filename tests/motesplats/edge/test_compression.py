"""Pages are compressed for whoever asks, with random padding; an entity tag stays strong."""

import gzip
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files import File
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from motesplats.edge.compression import CompressionMiddleware
from motesplats.settings.static import STORAGES

PAGE = "<p>Er dag på ert språk</p>" * 100


def answered(response: HttpResponse, *, accepts: str = "gzip") -> HttpResponse:
    request = HttpRequest()
    request.META["HTTP_ACCEPT_ENCODING"] = accepts
    answer = CompressionMiddleware(lambda _request: response)(request)
    assert isinstance(answer, HttpResponse)
    return answer


def test_a_page_is_compressed_for_a_browser_that_asks_for_it() -> None:
    answer = answered(HttpResponse(PAGE))
    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) < len(PAGE) / 4
    assert gzip.decompress(answer.content).decode() == PAGE
    assert not answered(HttpResponse(PAGE), accepts="").has_header("Content-Encoding")


def test_the_length_of_the_same_page_differs() -> None:
    assert len({len(answered(HttpResponse(PAGE)).content) for _ in range(40)}) > 5


def test_an_entity_tag_stays_strong() -> None:
    answer = answered(HttpResponse(PAGE, headers={"ETag": '"3"'}))
    assert answer["ETag"] == '"3"'
    assert not answer.has_header("Content-Encoding")


@pytest.mark.parametrize("kind", ["application/pdf", "font/woff2"])
def test_what_is_compressed_already_is_left(kind: str) -> None:
    assert not answered(HttpResponse(PAGE, content_type=kind)).has_header("Content-Encoding")


def test_style_sheets_are_collected_with_a_compressed_copy(tmp_path: Path) -> None:
    name = "newcomer/newcomer.css"
    storage = import_string(STORAGES["staticfiles"]["BACKEND"])(location=tmp_path, base_url="/static/")
    own = Path(settings.BASE_DIR, "motesplats/static")
    collected = {name, *(str(font.relative_to(own)) for font in own.glob("**/*.woff2"))}
    for path in collected:
        with (own / path).open("rb") as file:
            storage.save(path, File(file))
    list(storage.post_process({path: (storage, path) for path in collected}))
    hashed = tmp_path / storage.hashed_files[name]
    assert gzip.decompress(Path(f"{hashed}.gz").read_bytes()) == hashed.read_bytes()
    assert not list(tmp_path.glob("**/*.woff2.gz"))
