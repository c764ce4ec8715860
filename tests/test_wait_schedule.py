"""When a wait asks: at once or after an interval, spread out, few at a time, one scheduler for all."""

from __future__ import annotations

import asyncio
import itertools
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.fleet import phone_ids
from tests.preparation import PREPARE, USER, Preparation

if TYPE_CHECKING:
    from koophone import Client, WaitProgress
    from tests.face import Face
    from tests.scripted_server import Answer, Request, ScriptedServer

SLACK = 0.5  # seconds by which a busy machine may be late


def poll_times(server: ScriptedServer) -> dict[str, list[float]]:
    """When each instance was polled, in seconds after the prepare or the first poll."""
    start = server.requests[0].at
    times = defaultdict(list)
    for request in server.requests:
        if request.path != PREPARE:
            times[request.json["instance_id"]].append(request.at - start)
    return times


def threads_of_the_system() -> int:
    """How many threads this process has, Python's or not."""
    return sum(1 for _ in Path("/proc/self/task").iterdir())


def test_wait_until_ready_polls_at_once(client: Client, server: ScriptedServer) -> None:
    server.serve(Preparation())
    began = time.monotonic()
    client.wait_until_ready(["a"], user_id=USER, poll_interval=30)
    assert time.monotonic() - began < 5


def test_prepare_and_wait_polls_one_interval_after_the_answer(client: Client, server: ScriptedServer) -> None:
    server.serve(Preparation())
    client.prepare_and_wait(["a"], user_id=USER, poll_interval=0.5)
    (first,) = poll_times(server)["a"]
    assert 0.5 <= first < 1 + SLACK


@pytest.mark.parametrize("method", ["prepare_and_wait", "wait_until_ready"])
def test_first_polls_are_spread_over_one_interval_at_most(client: Client, server: ScriptedServer, method: str) -> None:
    server.serve(Preparation())
    getattr(client, method)(phone_ids(30), user_id=USER, poll_interval=1)
    first = sorted(times[0] for times in poll_times(server).values())
    assert len(first) == 30
    assert 0.2 < first[-1] - first[0] < 1 + SLACK
    assert first[-1] < (1 if method == "wait_until_ready" else 2) + SLACK


def test_an_instance_is_polled_once_an_interval(client: Client, server: ScriptedServer) -> None:
    server.serve(Preparation(progress={one: [1, 1, 1, 0] for one in phone_ids(5)}))
    client.wait_until_ready(phone_ids(5), user_id=USER, poll_interval=0.4)
    for times in poll_times(server).values():
        gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
        assert len(gaps) == 3
        assert all(0.2 <= gap < 0.8 + SLACK for gap in gaps), gaps


@pytest.mark.parametrize("at_once", [1, 4])
def test_at_most_max_concurrency_polls_are_in_flight(face: Face, server: ScriptedServer, at_once: int) -> None:
    preparation = Preparation()

    async def script(request: Request) -> Answer:
        await server.until(lambda: server.in_flight == at_once or len(server.requests) == 40)
        return preparation(request)

    server.serve(script)
    client = face.client(server.endpoint, max_concurrency=at_once)
    assert client.wait_until_ready(phone_ids(40), user_id=USER, poll_interval=0.05).ok
    assert server.most_in_flight == at_once


def test_five_thousand_waiting_instances_are_neither_threads_nor_tasks(face: Face, server: ScriptedServer) -> None:
    preparation = Preparation()
    server.serve(preparation)
    client = face.client(server.endpoint)
    client.wait_until_ready(["a"], user_id=USER)
    before = threading.active_count(), threads_of_the_system()
    seen: list[Any] = []

    def look(progress: WaitProgress) -> None:
        tasks = len(asyncio.all_tasks()) if face.name == "asyncio" else 1
        seen.append((threading.active_count(), threads_of_the_system(), tasks, progress.pending))

    assert len(client.prepare_and_wait(phone_ids(5000), user_id=USER, poll_interval=2, on_progress=look).ready) == 5000
    assert max(pending for *_, pending in seen) > 2000
    assert max(threads for threads, *_ in seen) <= before[0]
    assert max(threads for _, threads, *_ in seen) <= before[1]
    assert max(tasks for *_, tasks, _ in seen) <= 3
