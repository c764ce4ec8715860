"""What a wait tells while it lasts: `on_progress` and `progress=True`."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from koophone import AsyncClient, Client, PrepareFailedError, WaitProgress, WaitTimeoutError
from tests.face import TOKEN
from tests.fleet import phone_ids
from tests.preparation import USER, Preparation

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.scripted_server import ScriptedServer

SLOW = [1, 2, 0]


def watch(client: Client, ids: list[str], **options: Any) -> list[WaitProgress]:
    """The snapshots of a wait."""
    seen: list[WaitProgress] = []
    client.prepare_and_wait(ids, user_id=USER, poll_interval=0.3, on_progress=seen.append, **options)
    return seen


def test_snapshots_count_what_is_where(client: Client, server: ScriptedServer) -> None:
    server.serve(Preparation({"phone-00000": 0}, dict.fromkeys(phone_ids(8), SLOW)))
    seen = watch(client, phone_ids(10))
    assert len(seen) >= 3
    for one in seen:
        assert isinstance(one, WaitProgress)
        assert one.total == 10 == one.done + one.pending
        assert one.done == one.ready + one.failed
        assert all(isinstance(name, str) and count >= 0 for name, count in one.states.items())
        assert sum(one.states.values()) in {one.total, one.pending}
    assert [one.done for one in seen] == sorted(one.done for one in seen)
    assert [one.elapsed for one in seen] == sorted(one.elapsed for one in seen)
    assert {"QUEUING", "RESTORING_OR_OFFLINE", "NOT_POLLED"} <= {name for one in seen for name in one.states}


def test_the_last_snapshot_is_the_end(client: Client, server: ScriptedServer) -> None:
    server.serve(Preparation({"phone-00000": 0}))
    last = watch(client, phone_ids(3))[-1]
    assert (last.total, last.done, last.ready, last.failed, last.pending) == (3, 3, 3, 0, 0)


def test_the_last_snapshot_comes_before_failures_and_timeouts_too(client: Client, server: ScriptedServer) -> None:
    server.serve(Preparation({"a": 0}, {"b": [-1], "c": [1]}))
    for ids, error, counts in (("ab", PrepareFailedError, (2, 1, 1, 0)), ("abc", WaitTimeoutError, (2, 1, 1, 1))):
        seen: list[WaitProgress] = []
        with pytest.raises(error):
            client.prepare_and_wait(list(ids), user_id=USER, poll_interval=0.1, timeout=1, on_progress=seen.append)
        assert (seen[-1].done, seen[-1].ready, seen[-1].failed, seen[-1].pending) == counts


def test_snapshots_come_at_most_every_fifth_of_a_second_and_at_the_end(client: Client, server: ScriptedServer) -> None:
    server.serve(Preparation(progress=dict.fromkeys(phone_ids(50), SLOW)))
    seen = watch(client, phone_ids(50))
    assert 3 <= len(seen) <= seen[-1].elapsed / 0.2 + 1


def test_on_progress_is_called_on_the_callers_thread(client: Client, server: ScriptedServer) -> None:
    server.serve(Preparation(progress={"a": [1, 1, 0]}))
    threads: set[int] = set()
    client.wait_until_ready(
        ["a"], user_id=USER, poll_interval=0.2, on_progress=lambda _: threads.add(threading.get_ident())
    )
    assert threads == {threading.get_ident()}


def test_an_exception_from_on_progress_stops_the_wait(client: Client, server: ScriptedServer) -> None:
    preparation = Preparation(progress={one: [1] for one in phone_ids(20)})
    server.serve(preparation)

    def refuse(progress: WaitProgress) -> None:
        if progress.states.get("QUEUING"):
            raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        client.wait_until_ready(phone_ids(20), user_id=USER, poll_interval=0.1, on_progress=refuse)
    server.wait_until(lambda: server.in_flight == 0)
    asked = len(server.requests)
    time.sleep(0.3)  # three intervals in which nobody may ask
    assert len(server.requests) == asked
    server.serve(Preparation())
    assert client.wait_until_ready(["a"], user_id=USER, poll_interval=0.1).ok


def test_on_progress_may_be_a_coroutine_function_under_asyncio(server: ScriptedServer) -> None:
    server.serve(Preparation(progress={"a": [1, 1, 1, 0]}))
    seen: list[tuple[int, object]] = []

    async def note(progress: WaitProgress) -> None:
        await asyncio.sleep(0)
        seen.append((progress.done, asyncio.get_running_loop()))

    async def scenario() -> object:
        async with AsyncClient(TOKEN, endpoint=server.endpoint) as client:
            await client.wait_until_ready(["a"], user_id=USER, poll_interval=0.2, on_progress=note)
        return asyncio.get_running_loop()

    loop = asyncio.run(scenario())
    assert seen[-1][0] == 1
    assert {one for _, one in seen} == {loop}


def test_an_exception_from_a_coroutine_on_progress_stops_the_wait(server: ScriptedServer) -> None:
    server.serve(Preparation(progress={"a": [1]}))

    async def refuse(_progress: WaitProgress) -> None:
        await asyncio.sleep(0)
        raise LookupError("enough")

    async def scenario() -> None:
        async with AsyncClient(TOKEN, endpoint=server.endpoint) as client:
            await client.wait_until_ready(["a"], user_id=USER, poll_interval=0.1, on_progress=refuse)

    with pytest.raises(LookupError, match="enough"):
        asyncio.run(scenario())


def test_the_loop_runs_on_during_a_wait(server: ScriptedServer) -> None:
    server.serve(Preparation(progress={"a": [1, 1, 0]}))

    async def scenario() -> int:
        ticks = 0
        async with AsyncClient(TOKEN, endpoint=server.endpoint) as client:
            task = asyncio.ensure_future(client.wait_until_ready(["a"], user_id=USER, poll_interval=0.2))
            while not task.done():
                ticks += 1
                await asyncio.sleep(0.005)
            assert (await task).ok
        return ticks

    assert asyncio.run(scenario()) > 10


def test_progress_without_tqdm_is_a_line_on_stderr(
    client: Client, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("tqdm", "tqdm.auto", "tqdm.std", "tqdm.notebook"):
        monkeypatch.setitem(sys.modules, name, None)
    server.serve(Preparation(progress={"b": [-1]}))
    with pytest.raises(PrepareFailedError):
        client.prepare_and_wait(["a", "b", "c"], user_id=USER, poll_interval=0.1, progress=True)
    out, err = capfd.readouterr()
    assert out == ""
    assert "3" in err
    assert err.endswith("\n")


def test_progress_with_tqdm_is_its_bar(
    client: Client, server: ScriptedServer, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("tqdm", reason="tqdm is optional")
    server.serve(Preparation())
    client.prepare_and_wait(["a", "b", "c"], user_id=USER, poll_interval=0.1, progress=True)
    out, err = capfd.readouterr()
    assert out == ""
    assert "3/3" in err
    assert "100%" in err


def test_without_progress_nothing_is_written(
    client: Client, server: ScriptedServer, capfd: pytest.CaptureFixture[str]
) -> None:
    server.serve(Preparation())
    client.prepare_and_wait(["a"], user_id=USER, poll_interval=0.1)
    assert capfd.readouterr() == ("", "")


def test_a_bar_and_a_callback_go_together(
    client: Client, server: ScriptedServer, capfd: pytest.CaptureFixture[str]
) -> None:
    server.serve(Preparation())
    assert watch(client, ["a"], progress=True)[-1].done == 1
    assert capfd.readouterr().err


async def later(_progress: WaitProgress) -> None:
    """What only a loop can call."""


def plainly(progress: WaitProgress) -> object:
    """A plain function that gives something to await."""
    return later(progress)


@pytest.mark.parametrize("on_progress", [later, plainly])
def test_a_blocking_client_refuses_what_only_a_loop_can_await(
    server: ScriptedServer, on_progress: Callable[[WaitProgress], object]
) -> None:
    server.serve(Preparation({"a": 0}))
    with Client(TOKEN, endpoint=server.endpoint) as client, pytest.raises(TypeError, match="on_progress"):
        client.prepare_and_wait(["a"], user_id=USER, on_progress=on_progress)
    assert len(server.requests) == (0 if on_progress is later else 1)
