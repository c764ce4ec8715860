"""One client in several loops: one after another, side by side in threads, of other makes, and gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.answers import stalled, success
from tests.fleet import Fleet, phone_ids
from tests.guest.program import SILENT
from tests.preparation import Preparation
from tests.scripted_server import Gate

if TYPE_CHECKING:
    from tests.guest.program import Launcher
    from tests.scripted_server import Request, ScriptedServer

EVERYTHING = """
    async def everything(client):
        assert (await client.reset_instances(IDS[:250])).ok
        assert len([phone async for phone in client.list_instances()]) == 450
        assert len(await client.list_instances().collect()) == 450
        told = []
        report = await client.prepare_and_wait(["a", "b"], user_id=USER, poll_interval=0.05, on_progress=told.append)
        assert report.ok and told[-1].done == 2
        try:
            await client.with_options(timeout=0.1).get_instance("stalled")
        except koophone.RequestTimeoutError:
            pass
        task = asyncio.create_task(client.get_instance("stalled"))
        await asyncio.sleep(0.05)
        task.cancel()
        await asyncio.wait([task])
"""


def serve_everything(server: ScriptedServer) -> None:
    """Answers whatever `everything` asks."""
    fleet, preparation, nothing = Fleet(phone_ids(450)), Preparation(), stalled()

    def answer(request: Request) -> object:
        if request.method == "GET":
            return nothing if request.query.get("instance_id") == "stalled" else fleet(request)
        return success() if request.path.endswith("reset") else preparation(request)

    server.serve(answer)  # type: ignore[arg-type] # each of them is an answer


def test_one_client_works_in_one_loop_after_another(start: Launcher, server: ScriptedServer, python: str) -> None:
    serve_everything(server)
    program = start(
        EVERYTHING
        + """
    client = new_async_client()
    for _ in range(3):
        asyncio.run(everything(client))
    """,
        python=python,
    )
    assert program.ends() == SILENT


def test_a_list_begun_in_one_loop_goes_on_in_the_next(start: Launcher, server: ScriptedServer) -> None:
    server.serve(Fleet(phone_ids(450)))
    program = start(
        """
    rows = aiter(new_async_client().list_instances())
    async def read(count):
        return [(await anext(rows)).instance_id for _ in range(count)]
    say(asyncio.run(read(150)) + asyncio.run(read(150)) + asyncio.run(read(150)))
    """
    )
    assert program.says() == phone_ids(450)
    assert program.ends() == SILENT


def test_one_client_works_in_loops_of_several_threads_at_once(start: Launcher, server: ScriptedServer) -> None:
    gate = Gate()
    server.serve(stalled(gate))
    program = start(
        """
    client = new_async_client()
    async def main():
        results = await asyncio.gather(*(client.reset_instances([each]) for each in IDS[:5]))
        say(sum(result.ok for result in results))
    threads = [threading.Thread(target=asyncio.run, args=[main()]) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    """
    )
    server.wait_until(lambda: server.in_flight == 30)
    gate.open()
    assert [program.says() for _ in range(6)] == [5] * 6
    assert program.ends() == SILENT


def test_each_loop_gets_its_own_answers_on_its_own_thread(start: Launcher, server: ScriptedServer) -> None:
    server.serve(lambda request: success({"status": 1, "waitingCount": int(request.json["instance_id"])}))
    program = start(
        """
    client = new_async_client()
    async def ask(number):
        progress = await client.get_prepare_progress(str(number), user_id=USER)
        return progress.waiting_count == number, threading.get_ident()
    def run(numbers):
        async def main():
            return await asyncio.gather(*map(ask, numbers))
        results = asyncio.run(main())
        say([all(right for right, _ in results), {thread for _, thread in results} == {threading.get_ident()}])
    threads = [threading.Thread(target=run, args=[range(first, first + 40)]) for first in (0, 100, 200, 300)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    """
    )
    assert [program.says() for _ in range(4)] == [[True, True]] * 4
    assert program.ends() == SILENT


def test_everything_works_under_uvloop(start: Launcher, server: ScriptedServer) -> None:
    serve_everything(server)
    program = start(
        EVERYTHING
        + """
    import uvloop
    client = new_async_client()
    for _ in range(2):
        uvloop.run(everything(client))
    asyncio.run(everything(client))
    """
    )
    assert program.ends() == SILENT


def test_debug_mode_and_errors_for_warnings_have_nothing_to_say(
    start: Launcher, server: ScriptedServer, python: str
) -> None:
    serve_everything(server)
    program = start(
        EVERYTHING
        + """
    async def main():
        asyncio.get_running_loop().slow_callback_duration = 60  # a debug build on a busy machine is no finding
        async with new_async_client() as client:
            await everything(client)
    asyncio.run(main(), debug=True)
    with new_client() as client:
        client.reset_instances(["a"])
        asyncio.run(everything(client.aio), debug=True)
    del client
    gc.collect()
    """,
        "-Xdev",
        "-Werror",
        python=python,
    )
    assert program.ends() == SILENT


def test_a_wait_that_ends_while_its_listener_is_awaited_is_noticed(start: Launcher, server: ScriptedServer) -> None:
    server.serve(Preparation(progress={"a": [1, 0]}))
    program = start(
        """
    async def listen(progress):
        if not progress.done:
            say("listening")
            await asyncio.to_thread(hear)
            await asyncio.sleep(0.5)  # the outcome reaches the loop meanwhile
    wait = new_async_client().wait_until_ready(["a"], user_id=USER, poll_interval=0.5, on_progress=listen)
    say(asyncio.run(wait).ready)
    """
    )
    assert program.says() == "listening"
    server.wait_until(lambda: len(server.requests) == 2 and server.in_flight == 0)
    program.tell()
    assert program.says() == ["a"]
    assert program.ends() == SILENT


@pytest.mark.parametrize("then", ["", "del loop, task, client", "del loop, task, client; gc.collect()"])
def test_a_loop_closed_with_a_call_pending_adds_nothing_to_what_asyncio_says(
    start: Launcher, server: ScriptedServer, then: str
) -> None:
    gate = Gate()
    server.serve(stalled(gate))
    program = start(
        f"""
    client = new_async_client()
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(lambda loop, context: None)  # asyncio's own word on pending tasks
    task = loop.create_task(client.reset_instances(["a"]))
    loop.run_until_complete(asyncio.sleep(0.01))
    hear()
    loop.run_until_complete(asyncio.sleep(0.01))
    loop.close()
    {then}
    say("closed")
    hear()
    say(asyncio.run(new_async_client().reset_instances(["b"])).ok)
    """
    )
    server.wait_for_requests(1)
    program.tell()
    assert program.says() == "closed"
    gate.open()
    program.tell()
    assert program.says() is True
    assert program.ends() == SILENT


def test_an_answer_that_comes_after_its_loop_is_closed_reaches_nobody(start: Launcher, server: ScriptedServer) -> None:
    gate = Gate()
    server.serve(stalled(gate))
    program = start(
        """
    client = new_async_client()
    async def main():
        global task
        task = asyncio.create_task(client.reset_instances(["a"]))
        await asyncio.to_thread(hear)
    loop = asyncio.new_event_loop()
    loop.run_until_complete(main())
    loop.close()
    say("closed")
    hear()
    say(task.done())
    os._exit(0)
    """
    )
    server.wait_for_requests(1)
    program.tell()
    assert program.says() == "closed"
    gate.open()
    server.wait_until(lambda: server.in_flight == 0)
    program.tell()
    assert program.says() is False
    assert program.ends() == SILENT


def test_many_loops_leave_no_descriptors_behind(start: Launcher, server: ScriptedServer) -> None:
    server.serve(success())
    program = start(
        """
    client = new_async_client()
    def descriptors():
        gc.collect()
        return len(os.listdir("/proc/self/fd"))
    asyncio.run(client.reset_instances(["a"]))
    before = descriptors()
    for _ in range(50):
        asyncio.run(client.reset_instances(["a"]))
    say(descriptors() - before)
    """
    )
    assert program.says() <= 2
    assert program.ends() == SILENT
