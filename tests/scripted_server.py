"""An HTTP/1.1 server on a loopback port that records each request byte by byte and answers by a script."""

from __future__ import annotations

import asyncio
import concurrent.futures
import inspect
import json
import socket
import struct
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Self, TypeVar, cast
from urllib.parse import parse_qsl, urlsplit

T = TypeVar("T")


class Gate:
    """A point at which answers wait until a test opens it."""

    def __init__(self) -> None:
        self._opened: concurrent.futures.Future[None] = concurrent.futures.Future()

    def open(self) -> None:
        """Lets every answer pass, from any thread."""
        if not self._opened.done():
            self._opened.set_result(None)

    async def passed(self) -> None:
        """Returns when the gate is open."""
        await asyncio.shield(asyncio.wrap_future(self._opened))


@dataclass(frozen=True)
class Answer:
    """What goes over the wire: bytes to send, gates to wait at, and what becomes of the connection."""

    steps: Iterable[bytes | Gate]
    ending: Literal["keep-alive", "close", "reset"] = "keep-alive"


@dataclass(frozen=True)
class Request:
    """One request, as it came."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    connection: int
    at: float
    gone: threading.Event = field(compare=False)

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        pairs = parse_qsl(urlsplit(self.target).query, keep_blank_values=True, strict_parsing=True)
        assert len(dict(pairs)) == len(pairs), f"a query name is there twice: {self.target}"
        return dict(pairs)

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    def header(self, name: str) -> str | None:
        """Returns the value of a header that may be there once."""
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        assert len(values) <= 1, f"{name} is there {len(values)} times"
        return values[0] if values else None


Script = Callable[[Request], Answer | Awaitable[Answer]]


def in_turn(answers: Sequence[Answer]) -> Script:
    """Gives the answers one after another, then the last of them for good."""
    left = list(answers)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


class Connection(asyncio.Protocol):
    """One connection: takes requests apart, answers one at a time, notices when the peer goes."""

    def __init__(self, server: ScriptedServer, number: int) -> None:
        self._server, self._number = server, number
        self._buffer = b""
        self._answering: asyncio.Task[None] | None = None
        self._writable = asyncio.Event()
        self._writable.set()
        self.gone = threading.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self._server.connections.add(self)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        self._answer_next()

    def pause_writing(self) -> None:
        self._writable.clear()

    def resume_writing(self) -> None:
        self._writable.set()

    def connection_lost(self, _exc: Exception | None) -> None:
        if self._answering:
            self._answering.cancel()
        self.gone.set()
        self._server.connections.discard(self)
        self._server.note_change()

    def _answer_next(self) -> None:
        if self._answering is None and (request := self._take_request()):
            self._server.note_begin(request)
            self._answering = asyncio.ensure_future(self._answer(request))
            self._answering.add_done_callback(self._answered)

    def _take_request(self) -> Request | None:
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return None
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, _version = first.split(" ")
        headers = tuple((name, value.strip()) for name, _, value in (line.partition(":") for line in lines))
        length = next((int(value) for name, value in headers if name.lower() == "content-length"), 0)
        if len(rest) < length:
            return None
        self._buffer = rest[length:]
        now = asyncio.get_running_loop().time()
        return Request(method, target, headers, rest[:length], self._number, now, self.gone)

    async def _answer(self, request: Request) -> None:
        answer = await self._server.answer_to(request)
        for step in answer.steps:
            if isinstance(step, Gate):
                await step.passed()
            else:
                self.transport.write(step)
                await self._writable.wait()
        if answer.ending == "reset":
            linger_not = struct.pack("ii", 1, 0)
            self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_not)
            self.transport.abort()
        elif answer.ending == "close":
            self.transport.close()

    def _answered(self, _task: asyncio.Task[None]) -> None:
        self._answering = None
        self._server.note_end()
        if not self.transport.is_closing():
            self._answer_next()


class ScriptedServer:
    """Serves from its own thread until `close`; `requests` holds what came, in order of arrival."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.errors: list[BaseException] = []
        self.connections: set[Connection] = set()
        self.accepted = 0
        self.in_flight = 0
        self.most_in_flight = 0
        self._script: Script = in_turn([Answer([b"HTTP/1.1 501 Not Implemented\r\ncontent-length: 0\r\n\r\n"])])
        self._loop = asyncio.new_event_loop()
        self._change = asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_forever, name="scripted-server", daemon=True)
        self._thread.start()
        self._listener = self._call(self._loop.create_server(self._accept, "127.0.0.1", 0, backlog=4096))
        self.port: int = self._listener.sockets[0].getsockname()[1]
        self.endpoint = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc_info: object) -> None:
        self.close()

    def serve(self, script: Script | Answer | Sequence[Answer]) -> None:
        """Sets how requests are answered from now on."""
        if isinstance(script, Answer):
            script = [script]
        self._script = in_turn(script) if isinstance(script, Sequence) else script

    async def answer_to(self, request: Request) -> Answer:
        """Asks the script; an error of the script is kept for the test that wrote it."""
        try:
            answer = self._script(request)
            self.note_change()
            return await answer if inspect.isawaitable(answer) else answer
        except Exception as error:  # noqa: BLE001 whatever a script raises
            self.errors.append(error)
            return Answer([], "reset")

    async def until(self, predicate: Callable[[], bool]) -> None:
        """Returns when the predicate holds; for scripts."""
        while not predicate():
            await self._change.wait()

    def wait_until(self, predicate: Callable[[], bool], timeout: float = 10) -> None:
        """Returns when the predicate holds; for tests.

        Raises:
            TimeoutError: It did not hold in time.
        """
        self._call(asyncio.wait_for(self.until(predicate), timeout))

    def wait_for_requests(self, count: int) -> None:
        """Returns when that many requests have come."""
        self.wait_until(lambda: len(self.requests) >= count)

    def note_begin(self, request: Request) -> None:
        """Counts a request in."""
        self.requests.append(request)
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        self.note_change()

    def note_end(self) -> None:
        """Counts a request out, answered or abandoned."""
        self.in_flight -= 1
        self.note_change()

    def note_change(self) -> None:
        """Wakes those who wait for something to happen; on the server's thread."""
        self._change.set()
        self._change = asyncio.Event()

    def close_port(self) -> None:
        """Refuses connections from now on."""
        self._loop.call_soon_threadsafe(self._listener.close)
        self.wait_until(lambda: not self._listener.is_serving())

    def close(self) -> None:
        """Closes the port and every connection, and ends the thread."""
        self._call(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _stop(self) -> None:
        self._listener.close()
        for _ in range(2):  # the second time for those that were being accepted
            for connection in tuple(self.connections):
                connection.transport.abort()
            if others := asyncio.all_tasks() - {asyncio.current_task()}:
                await asyncio.wait(others, timeout=0.05)
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self.until(lambda: not self.connections)

    def _accept(self) -> Connection:
        self.accepted += 1
        return Connection(self, self.accepted)

    def _call(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()
