"""Methods of `AsyncClient` are coroutine functions like any other."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import pytest

from koophone import AsyncClient
from tests.answers import stalled, success
from tests.guest.program import SILENT
from tests.scripted_server import Gate

if TYPE_CHECKING:
    from tests.guest.program import Launcher
    from tests.scripted_server import ScriptedServer

METHODS = (
    "aclose",
    "delete_instances",
    "get_instance",
    "get_prepare_progress",
    "prepare_and_wait",
    "prepare_instances",
    "reset_instances",
    "wait_until_ready",
)


def test_every_awaited_method_says_that_it_is_a_coroutine_function(start: Launcher) -> None:
    program = start(
        f"""
    import inspect
    for owner in (koophone.AsyncClient, new_async_client()):
        for name in {METHODS}:
            method = getattr(owner, name)
            assert inspect.iscoroutinefunction(method), name
            assert asyncio.iscoroutinefunction(method), name
    """
    )
    assert program.ends() == SILENT


def test_no_method_is_forgotten_above() -> None:
    public = {name for name, value in vars(AsyncClient).items() if inspect.iscoroutinefunction(value)}
    assert {name for name in public if not name.startswith("_")} == set(METHODS)


def test_autospec_makes_async_mocks_with_the_signature_of_the_method(start: Launcher) -> None:
    program = start(
        f"""
    from unittest import mock
    for spec in (koophone.AsyncClient, new_async_client()):
        mocked = mock.create_autospec(spec, instance=isinstance(spec, type))
        for name in {METHODS}:
            method = getattr(mocked, name)
            assert isinstance(method, mock.AsyncMock) or asyncio.iscoroutinefunction(method), name
        mocked.reset_instances.return_value = "reset"
        assert asyncio.run(mocked.reset_instances(["a"])) == "reset"
        mocked.reset_instances.assert_awaited_once_with(["a"])
        try:
            mocked.prepare_instances(["a"], wrong=1)
        except TypeError as error:
            assert "wrong" in str(error) or "user_id" in str(error), error
        else:
            raise AssertionError("no TypeError")
    """
    )
    assert program.ends() == SILENT


@pytest.mark.parametrize("call", ["delete_instances(['a'])", "prepare_and_wait(['a'], user_id=USER)"])
def test_a_forgotten_await_sends_nothing_and_gives_pythons_warning(
    start: Launcher, server: ScriptedServer, call: str, python: str
) -> None:
    program = start(
        f"""
    client = new_async_client()
    async def main():
        client.{call}
        gc.collect()
    asyncio.run(main())
    """,
        python=python,
    )
    end = program.ends()
    name = call.partition("(")[0]
    assert f"RuntimeWarning: coroutine 'AsyncClient.{name}' was never awaited" in end.errors
    assert (end.code, end.output, server.requests) == (0, "", [])


def test_a_forgotten_await_of_collect_gives_pythons_warning(start: Launcher, server: ScriptedServer) -> None:
    program = start(
        """
    async def main():
        new_async_client().list_instances().collect()
        gc.collect()
    asyncio.run(main())
    """
    )
    assert "collect' was never awaited" in program.ends().errors
    assert server.requests == []


WAYS = {
    "asyncio.run": "asyncio.run(client.reset_instances(['a']))",
    "Runner": "asyncio.Runner().run(client.reset_instances(['a']))",
    "create_task": "run(lambda: asyncio.create_task(client.reset_instances(['a'])))",
    "ensure_future": "run(lambda: asyncio.ensure_future(client.reset_instances(['a'])))",
    "gather": "run(lambda: asyncio.gather(client.reset_instances(['a'])))[0]",
    "wait_for": "run(lambda: asyncio.wait_for(client.reset_instances(['a']), 10))",
    "shield": "run(lambda: asyncio.shield(client.reset_instances(['a'])))",
    "as_completed": "run(lambda: next(iter(asyncio.as_completed([client.reset_instances(['a'])]))))",
    "TaskGroup": "run(grouped)",
    "anyio.run": "anyio.run(client.reset_instances, ['a'])",
    "another thread": "asyncio.run_coroutine_threadsafe(client.reset_instances(['a']), started_loop()).result()",
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_it_runs_wherever_coroutines_run(start: Launcher, server: ScriptedServer, way: str) -> None:
    server.serve(success())
    program = start(
        f"""
    {"import anyio" if "anyio" in way else ""}
    client = new_async_client()
    def run(make):
        async def main():
            return await make()
        return asyncio.run(main())
    async def grouped():
        async with asyncio.TaskGroup() as group:
            task = group.create_task(client.reset_instances(["a"]))
        return task.result()
    def started_loop():
        loop = asyncio.new_event_loop()
        threading.Thread(target=loop.run_forever, daemon=True).start()
        return loop
    say({way}.ok)
    """
    )
    assert program.says() is True
    assert program.ends() == SILENT


def test_an_error_comes_out_of_a_task_group(start: Launcher, server: ScriptedServer) -> None:
    program = start(
        """
    async def main():
        client = new_async_client()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(client.reset_instances(["a"]))
        except* koophone.ServerError:
            say("caught")
    asyncio.run(main())
    """
    )
    assert program.says() == "caught"
    assert program.ends() == SILENT
    assert len(server.requests) == 1


def test_calls_of_one_loop_run_side_by_side(start: Launcher, server: ScriptedServer) -> None:
    gate = Gate()
    server.serve(stalled(gate))
    program = start(
        """
    async def main():
        client = new_async_client()
        results = await asyncio.gather(*(client.reset_instances([each]) for each in IDS[:100]))
        say(sum(result.ok for result in results))
    asyncio.run(main())
    """
    )
    server.wait_until(lambda: server.in_flight == 100)
    gate.open()
    assert program.says() == 100
    assert program.ends() == SILENT
