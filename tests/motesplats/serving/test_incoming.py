"""Where a request ends, whatever the pieces it comes in."""

import pytest

from motesplats.serving.incoming import MOST_BODY, MOST_HEAD, Incoming

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde"
CHUNKS = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
NO_CHUNK = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"


def come(*pieces: bytes) -> Incoming:
    incoming = Incoming()
    for piece in pieces:
        incoming.add(piece)
    return incoming


@pytest.mark.parametrize("request_", [GET, POST, CHUNKS, NO_CHUNK])
def test_a_request_is_whole_with_its_last_byte_and_not_before(request_):
    incoming = Incoming()
    for byte in request_:
        assert not incoming.is_whole
        incoming.add(bytes([byte]))
    assert incoming.is_whole
    assert come(request_).is_whole


def test_a_large_body_is_not_waited_for():
    incoming = come(b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % (MOST_BODY + 1))
    assert incoming.is_too_large
    assert incoming.is_whole


def test_chunks_are_gathered_to_a_limit():
    incoming = come(b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", b"x" * (2 * MOST_BODY + 1))
    assert incoming.is_too_large


def test_a_head_without_end_is_found():
    assert come(b"x" * (MOST_HEAD + 1)).is_endless
    assert not come(GET).is_endless


def test_who_waits_for_leave_is_seen():
    head = b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"
    assert come(head).waits_for_leave
    assert not come(head, b"a").waits_for_leave
    assert not come(POST).waits_for_leave
