"""gunicorn's threaded worker, patient with slow clients: its threads only get requests that have come whole.

The loop gathers the bytes of all connections; a client that takes too long is closed and never held a thread.
"""

import socket
import struct
import time
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.http import get_parser
from gunicorn.workers.gthread import TConn, ThreadWorker

from motesplats.serving.incoming import Incoming

HEAD_SECONDS, BODY_SECONDS = 10, 30  # for all of the head, then for all of the body
LEAVING_SECONDS, MOST_IGNORED = 2, 8_000_000  # for what a client still sends after its answer
# For each read and write of a thread, should it ever wait for the client.
THREAD_SECONDS = struct.pack("ll", 10, 0)
AT_ONCE = 65_536  # bytes
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"
SLOW, ENDLESS = b"408 Request Timeout", b"431 Request Header Fields Too Large"


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Gathers each request in the loop before a thread gets it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gathering: dict[int, TConn] = {}
        self.leaving: dict[int, TConn] = {}

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection, and wait for its request."""
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            client.setsockopt(socket.SOL_SOCKET, option, THREAD_SECONDS)
        self.nr_conns += 1
        self.gather(TConn(self.cfg, client, address, listener.getsockname()))

    def on_client_socket_readable(self, conn: TConn, client: socket.socket) -> None:
        """Gather the next request of a connection that was kept alive."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self.gather(conn)

    def finish_request(self, conn: TConn, future: Any) -> None:
        """Gather the next request if a part of it came with the last one; else do as gunicorn does."""
        goes_on = not future.cancelled() and future.exception() is None and future.result()
        if not goes_on:
            self.see_off(conn)
        elif ahead := conn.parser.unreader.take_buffered():
            self.gather(conn, ahead)
        else:
            super().finish_request(conn, future)

    def see_off(self, conn: TConn) -> None:
        """Close our side, and let the client finish what it is sending, or it would lose the answer."""
        conn.sock.setblocking(False)
        conn.timeout, conn.ignored = time.monotonic() + LEAVING_SECONDS, 0
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            self.leaving[conn.sock.fileno()] = conn
            self.poller.register(conn.sock, EVENT_READ, partial(self.on_ignored, conn))
        except OSError:  # the client has gone
            self.leaving.pop(conn.sock.fileno(), None)
            self.nr_conns -= 1
            conn.close()

    def on_ignored(self, conn: TConn, client: socket.socket) -> None:
        try:
            conn.ignored += len(data := client.recv(AT_ONCE))
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data or conn.ignored > MOST_IGNORED:
            self.drop(conn)

    def gather(self, conn: TConn, ahead: bytes = b"") -> None:
        """Wait in the loop until the request is whole, or its time is over."""
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + HEAD_SECONDS
        incoming = Incoming()
        self.gathering[conn.sock.fileno()] = conn
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_data, conn, incoming))
        if ahead:
            self.take(conn, incoming, ahead)

    def on_data(self, conn: TConn, incoming: Incoming, client: socket.socket) -> None:
        try:
            data = client.recv(AT_ONCE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self.take(conn, incoming, data)
        else:
            self.drop(conn)

    def take(self, conn: TConn, incoming: Incoming, data: bytes) -> None:
        """Add what has come; when the request is whole, give it to a thread."""
        had_head = bool(incoming.head_ends)
        incoming.add(data)
        if incoming.is_endless:
            self.drop(conn, ENDLESS)
        elif incoming.is_whole:
            self.hand_over(conn, incoming)
        elif incoming.head_ends and not had_head:
            conn.timeout = time.monotonic() + BODY_SECONDS
            if incoming.waits_for_leave:
                conn.sock.send(GO_ON)

    def hand_over(self, conn: TConn, incoming: Incoming) -> None:
        self.forget(conn)
        if conn.parser is None:
            conn.parser = get_parser(self.cfg, conn.sock, conn.client)
        conn.initialized = conn.data_ready = True
        conn.is_whole = not incoming.is_too_large
        conn.parser.unreader.unread(bytes(incoming.received))
        self.enqueue_req(conn)

    def handle_request(self, req: Any, conn: TConn) -> Any:
        """Answer as gunicorn does, but without giving leave a second time: `take` gave it, or the body had come."""
        req._expected_100_continue = False  # noqa: SLF001  # gunicorn has no setting for it
        return super().handle_request(req, conn)

    def _keepalive_after(self, conn: TConn, keepalive: bool) -> bool:
        """Whether the connection goes on; not after a body that nobody has waited for."""
        return bool(conn.is_whole and super()._keepalive_after(conn, keepalive))

    def murder_pending(self) -> None:
        """Close the connections whose time is over; when the worker ends, all that have not sent a whole request."""
        super().murder_pending()
        now = time.monotonic()
        for conns, status in ((self.gathering, SLOW), (self.leaving, b"")):
            for conn in list(conns.values()):
                if conn.timeout <= now or not self.alive:
                    self.drop(conn, status)

    def drop(self, conn: TConn, status: bytes = b"") -> None:
        """Close a connection that no thread has, with a status if there is somebody to tell."""
        self.forget(conn)
        self.nr_conns -= 1
        if status:
            try:
                conn.sock.send(b"HTTP/1.1 %b\r\nConnection: close\r\nContent-Length: 0\r\n\r\n" % status)
            except OSError:
                self.log.debug("The client has gone.")
        conn.close()

    def forget(self, conn: TConn) -> None:
        self.gathering.pop(conn.sock.fileno(), None)
        self.leaving.pop(conn.sock.fileno(), None)
        self.poller.unregister(conn.sock)
