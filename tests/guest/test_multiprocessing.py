"""Clients in processes that `multiprocessing` starts, by each of its methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.answers import stalled, success
from tests.guest.program import QUIETLY, SILENT
from tests.scripted_server import Gate

if TYPE_CHECKING:
    from tests.guest.program import Launcher
    from tests.scripted_server import ScriptedServer

METHODS = pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])


@METHODS
def test_each_worker_makes_its_own_client(start: Launcher, server: ScriptedServer, method: str, python: str) -> None:
    server.serve(success())
    program = start(
        f"""
    def work(name):
        return new_client().reset_instances([name]).ok

    if __name__ == "__main__":
        client = new_client()
        client.reset_instances(["before"])
        with multiprocessing.get_context({method!r}).Pool(3) as pool:
            say(pool.map(work, IDS[:9]))
        say(client.reset_instances(["after"]).ok)
    """,
        QUIETLY,
        python=python,
    )
    assert [program.says(), program.says()] == [[True] * 9, True]
    assert program.ends() == SILENT


@METHODS
def test_a_client_at_module_level_serves_every_worker(start: Launcher, server: ScriptedServer, method: str) -> None:
    server.serve(success())
    program = start(
        f"""
    client = new_client()
    client.reset_instances(["at import"])

    def work(name):
        return client.reset_instances([name]).ok, asyncio.run(client.aio.reset_instances([name])).ok

    if __name__ == "__main__":
        from concurrent.futures import ProcessPoolExecutor
        context = multiprocessing.get_context({method!r})
        with ProcessPoolExecutor(2, mp_context=context) as pool:
            say(list(pool.map(work, IDS[:6])))
        say(client.reset_instances(["after"]).ok)
    """,
        QUIETLY,
    )
    assert program.says() == [[True, True]] * 6
    assert program.says() is True
    assert program.ends() == SILENT


@METHODS
def test_a_call_in_flight_in_the_parent_gets_its_answer(start: Launcher, server: ScriptedServer, method: str) -> None:
    gate = Gate()
    server.serve(lambda request: stalled(gate) if "held" in request.json["instance_ids"] else success())
    program = start(
        f"""
    def work():
        assert new_client().reset_instances(["child"]).ok

    if __name__ == "__main__":
        client = new_client()
        thread = threading.Thread(target=lambda: say(client.reset_instances(["held"]).ok))
        thread.start()
        hear()
        child = multiprocessing.get_context({method!r}).Process(target=work)
        child.start()
        child.join()
        say(child.exitcode)
        thread.join()
    """,
        QUIETLY,
    )
    server.wait_for_requests(1)
    program.tell()
    assert program.says() == 0
    gate.open()
    assert program.says() is True
    assert program.ends() == SILENT


@METHODS
def test_a_worker_that_is_terminated_in_a_call_closes_its_connection(
    start: Launcher, server: ScriptedServer, method: str
) -> None:
    server.serve(stalled())
    program = start(
        f"""
    def work():
        new_client().reset_instances(["child"])

    if __name__ == "__main__":
        child = multiprocessing.get_context({method!r}).Process(target=work)
        child.start()
        hear()
        child.terminate()
        child.join()
        say(child.exitcode)
    """,
        QUIETLY,
    )
    server.wait_for_requests(1)
    program.tell()
    assert program.says() == -15
    assert server.requests[0].gone.wait(10)
    assert program.ends() == SILENT
