"""One blocking client in many threads, and inside a running loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.answers import stalled, success
from tests.guest.program import SILENT
from tests.scripted_server import Gate

if TYPE_CHECKING:
    from tests.guest.program import Launcher
    from tests.scripted_server import ScriptedServer


def test_16_threads_make_many_calls_on_one_client(start: Launcher, server: ScriptedServer, python: str) -> None:
    server.serve(lambda request: success({"status": 1, "waitingCount": int(request.json["instance_id"])}))
    program = start(
        """
    from concurrent.futures import ThreadPoolExecutor
    client = new_client()
    def ask(number):
        return client.get_prepare_progress(str(number), user_id=USER).waiting_count
    with ThreadPoolExecutor(16) as pool:
        say(list(pool.map(ask, range(800))) == list(range(800)))
    """,
        python=python,
    )
    assert program.says() is True
    assert program.ends() == SILENT
    assert len(server.requests) == 800


def test_blocking_calls_let_other_threads_run(start: Launcher, server: ScriptedServer) -> None:
    gate = Gate()
    server.serve(stalled(gate))
    program = start(
        """
    client = new_client()
    threads = [threading.Thread(target=client.reset_instances, args=[[each]]) for each in IDS[:16]]
    for thread in threads:
        thread.start()
    hear()
    say("the main thread runs")
    for thread in threads:
        thread.join()
    """
    )
    server.wait_until(lambda: server.in_flight == 16)
    program.tell()
    assert program.says() == "the main thread runs"
    gate.open()
    assert program.ends() == SILENT


def test_a_client_closed_in_one_thread_lets_the_calls_of_others_end(start: Launcher, server: ScriptedServer) -> None:
    gate = Gate()
    server.serve(stalled(gate))
    program = start(
        """
    client = new_client()
    thread = threading.Thread(target=lambda: say(client.reset_instances(["a"]).ok))
    thread.start()
    hear()
    client.close()
    try:
        client.reset_instances(["b"])
    except RuntimeError as error:
        say(str(error))
    thread.join()
    """
    )
    server.wait_for_requests(1)
    program.tell()
    assert program.says() == "this client is closed"
    gate.open()
    assert program.says() is True
    assert program.ends() == SILENT


@pytest.mark.parametrize("run", ["asyncio.run", "uvloop.run"])
def test_blocking_calls_work_inside_a_running_loop(start: Launcher, server: ScriptedServer, run: str) -> None:
    server.serve(success())
    program = start(
        f"""
    {"import uvloop" if "uvloop" in run else ""}
    client = new_client()
    async def cell():
        first = client.reset_instances(["a"]).ok
        second = (await client.aio.reset_instances(["b"])).ok
        third = await asyncio.to_thread(client.reset_instances, ["c"])
        say([first, second, third.ok, client.reset_instances(["d"]).ok, len(client.list_instances().collect())])
    {run}(cell())
    """
    )
    assert program.says() == [True, True, True, True, 0]
    assert program.ends() == SILENT


def test_a_blocking_call_and_an_awaited_one_are_in_flight_together(start: Launcher, server: ScriptedServer) -> None:
    server.serve(lambda request: stalled(gate) if request.json["instance_ids"] == ["awaited"] else success())
    gate = Gate()
    program = start(
        """
    client = new_client()
    async def cell():
        task = asyncio.create_task(client.aio.reset_instances(["awaited"]))
        await asyncio.to_thread(hear)
        say(client.reset_instances(["blocking"]).ok)
        say((await task).ok)
    asyncio.run(cell())
    """
    )
    server.wait_for_requests(1)
    program.tell()
    assert program.says() is True
    gate.open()
    assert program.says() is True
    assert program.ends() == SILENT
