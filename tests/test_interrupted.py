"""What is known of a batch or a wait that Ctrl-C or a cancelled task cuts short."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from koophone import AsyncClient
from tests.answers import stalled, success
from tests.face import TOKEN
from tests.fleet import phone_ids
from tests.preparation import USER, Preparation
from tests.test_batches import by_first_id, outcomes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.face import Face
    from tests.scripted_server import ScriptedServer

IDS = phone_ids(350)


@contextmanager
def ctrl_c_when(server: ScriptedServer, ready: Callable[[], bool]) -> Iterator[None]:
    """Interrupts this process as soon as the server sees that it is time."""

    def press() -> None:
        server.wait_until(ready)
        os.kill(os.getpid(), signal.SIGINT)

    presser = threading.Thread(target=press)
    presser.start()
    try:
        yield
    finally:
        presser.join()


def left_by(face: Face, interrupt: BaseException, name: str) -> Any:
    """The result or report on an interrupt, or on the cancelling that asyncio made of it."""
    holder = interrupt.__context__ if face.name == "asyncio" else interrupt
    return getattr(holder, name)


def hold_two_of_four(server: ScriptedServer) -> Callable[[], bool]:
    """One request is answered, two are held, one waits for its turn; tells when it is so."""
    held = stalled()
    server.serve(by_first_id({"phone-00100": held, "phone-00200": held}))
    return lambda: server.in_flight == 2 and len(server.requests) == 3


EXPECTED = {"succeeded": IDS[:100], "unknown": IDS[100:300], "not_sent": IDS[300:]}


def test_ctrl_c_leaves_a_batch_with_its_result(face: Face, server: ScriptedServer) -> None:
    ready = hold_two_of_four(server)
    client = face.client(server.endpoint, max_concurrency=2)
    with pytest.raises(KeyboardInterrupt) as caught, ctrl_c_when(server, ready):
        client.delete_instances(IDS)
    assert outcomes(left_by(face, caught.value, "result")) == EXPECTED
    assert all(request.gone.wait(10) for request in server.requests[1:])
    server.serve(success())
    assert client.delete_instances(["a"]).ok


def test_a_cancelled_batch_has_its_result(server: ScriptedServer) -> None:
    ready = hold_two_of_four(server)

    async def scenario() -> Any:
        async with AsyncClient(TOKEN, endpoint=server.endpoint, max_concurrency=2) as client:
            task = asyncio.ensure_future(client.delete_instances(IDS))
            await asyncio.to_thread(server.wait_until, ready)
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as caught:
                await task
            return caught.value

    assert outcomes(asyncio.run(scenario()).result) == EXPECTED


def hold_one_of_three(server: ScriptedServer) -> Callable[[], bool]:
    """One instance becomes ready, one fails, the third is queued, then no more is heard; tells when it is so."""
    preparation = Preparation({"a": 0}, {"b": [-1], "c": [1, 1, 1, stalled()]})
    server.serve(preparation)
    return lambda: preparation.polls == {"b": 1, "c": 4}


def check_report(report: Any) -> None:
    """The report of that wait."""
    assert report.ready == ("a",)
    assert set(report.failed) == {"b"}
    assert {one: progress.status for one, progress in report.pending.items()} == {"c": 1}


def test_ctrl_c_leaves_a_wait_with_its_report(face: Face, server: ScriptedServer) -> None:
    ready = hold_one_of_three(server)
    client = face.client(server.endpoint)
    with pytest.raises(KeyboardInterrupt) as caught, ctrl_c_when(server, ready):
        client.prepare_and_wait(["a", "b", "c"], user_id=USER, poll_interval=0.05)
    check_report(left_by(face, caught.value, "report"))


def test_a_cancelled_wait_has_its_report(server: ScriptedServer) -> None:
    ready = hold_one_of_three(server)

    async def scenario() -> Any:
        async with AsyncClient(TOKEN, endpoint=server.endpoint) as client:
            task = asyncio.ensure_future(client.prepare_and_wait(["a", "b", "c"], user_id=USER, poll_interval=0.05))
            await asyncio.to_thread(server.wait_until, ready)
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as caught:
                await task
            return caught.value

    check_report(asyncio.run(scenario()).report)
