"""Forks while calls are in flight, lists half read and threads at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.answers import stalled, success
from tests.fleet import Fleet, phone_ids
from tests.guest.program import QUIETLY, SILENT
from tests.scripted_server import Answer, Gate

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.guest.program import Launcher
    from tests.scripted_server import Request, ScriptedServer


def held(gate: Gate, *names: str) -> Callable[[Request], Answer]:
    """Answers all but requests for these instances, which wait for the gate."""
    wanted = [{"instance_ids": [name]} for name in names]
    return lambda request: stalled(gate) if request.body and request.json in wanted else success()


IN_FLIGHT = """
    client = new_client()
    def call(name):
        say([name, client.reset_instances([name]).ok])
    threads = [threading.Thread(target=call, args=[name]) for name in ("one", "two", "three")]
    for thread in threads:
        thread.start()
    hear()
    def child():
        {child}
        say("child")
    say(join(in_child(child)))
    call("parent")
    for thread in threads:
        thread.join()
"""


@pytest.mark.parametrize(
    "child",
    [
        "client.reset_instances(['child'])",
        "asyncio.run(client.aio.reset_instances(['child']))",
        "globals().pop('client'); gc.collect()",
        "client.close()",
        "pass",
    ],
    ids=["calls", "awaits", "drops the client", "closes the client", "does nothing"],
)
def test_calls_in_flight_in_the_parent_are_not_disturbed_by_a_child_that(
    start: Launcher, server: ScriptedServer, child: str
) -> None:
    gate = Gate()
    server.serve(held(gate, "one", "two", "three"))
    program = start(IN_FLIGHT.format(child=child), QUIETLY)
    server.wait_for_requests(3)
    program.tell()
    assert [program.says(), program.says(), program.says()] == ["child", 0, ["parent", True]]
    gate.open()
    assert sorted(program.says() for _ in range(3)) == [["one", True], ["three", True], ["two", True]]
    assert program.ends() == SILENT
    assert len([request for request in server.requests if request.json == {"instance_ids": ["one"]}]) == 1


def test_a_child_lets_go_of_every_object_it_inherited(start: Launcher, server: ScriptedServer) -> None:
    gate = Gate()
    fleet = Fleet(phone_ids(600))
    server.serve(lambda request: fleet(request) if request.method == "GET" else stalled(gate))
    program = start(
        """
    async def main():
        blocking, client = new_client(), new_async_client()
        pages = client.list_instances().pages()
        rows = iter(blocking.list_instances())
        assert (await anext(pages)).items[0] == next(rows)
        task = asyncio.create_task(client.reset_instances(["a"]))
        await asyncio.to_thread(hear)
        loop = asyncio.get_running_loop()
        child = os.fork()
        if child == 0:
            loop.set_exception_handler(lambda loop, context: None)  # it would tell of the task
            task.get_coro().close()
            del blocking, client, pages, rows, task
            gc.collect()
            say("dropped")
            os._exit(0)
        say(join(child))
        say((await task).ok)
        say(len(list(rows)) + 1)
        say(sum([len(page.items) async for page in pages]) + 200)
    asyncio.run(main())
    """,
        QUIETLY,
    )
    server.wait_until(lambda: server.in_flight == 1 and len(server.requests) == 5)
    program.tell()
    assert [program.says(), program.says()] == ["dropped", 0]
    gate.open()
    assert [program.says() for _ in range(3)] == [True, 600, 600]
    assert program.ends() == SILENT


def test_a_list_half_read_before_the_fork_refuses_clearly_in_the_child_and_goes_on_in_the_parent(
    start: Launcher, server: ScriptedServer
) -> None:
    server.serve(Fleet(phone_ids(600)))
    program = start(
        """
    pager = new_client().list_instances()
    rows = iter(pager)
    first = next(rows)
    def child():
        try:
            list(rows)
        except RuntimeError as error:
            say(str(error))
        say(len(list(pager)))
    say(join(in_child(child)))
    say(len(list(rows)) + 1)
    """,
        QUIETLY,
    )
    assert program.says() == "this list is being read in another process: begin anew"
    assert [program.says() for _ in range(3)] == [600, 0, 600]
    assert program.ends() == SILENT


def test_forks_while_other_threads_start_and_end_calls(start: Launcher, server: ScriptedServer) -> None:
    server.serve(success())
    program = start(
        """
    client, stop, counts = new_client(), threading.Event(), []
    client.reset_instances(["first"])
    def keep_calling():
        count = 0
        while not stop.is_set():
            assert client.reset_instances(["parent"]).ok
            count += 1
        counts.append(count)
    threads = [threading.Thread(target=keep_calling) for _ in range(4)]
    for thread in threads:
        thread.start()
    codes = []
    for number in range(30):
        child = os.fork()
        if child == 0:
            code = 0 if client.reset_instances(["child"]).ok else 1
            os._exit(code)
        codes.append(join(child))
    stop.set()
    for thread in threads:
        thread.join()
    say([codes, len(counts)])
    """,
        QUIETLY,
    )
    assert program.says() == [[0] * 30, 4]
    assert program.ends() == SILENT


def test_a_fork_while_another_thread_makes_its_first_call_leaves_the_child_a_working_client(
    start: Launcher, server: ScriptedServer
) -> None:
    server.serve(success())
    program = start(
        """
    from importlib.machinery import SourceFileLoader
    load = SourceFileLoader.exec_module
    def load_slowly(self, module):
        # What is still to be loaded by the thread takes until the program is about to fork.
        if threading.current_thread() is not threading.main_thread():
            loading.set()
            forking.wait()
        load(self, module)
    SourceFileLoader.exec_module = load_slowly

    client, loading, forking = new_client(), threading.Event(), threading.Event()
    os.register_at_fork(before=forking.set)
    thread = threading.Thread(target=lambda: (client.reset_instances(["parent"]), loading.set()))
    thread.start()
    loading.wait()
    child = os.fork()
    if child == 0:
        signal.alarm(5)  # ends a child that hangs
        client.reset_instances(["child"])
        os._exit(0)
    say(join(child))
    thread.join()
    """,
        QUIETLY,
    )
    assert program.says() == 0
    assert program.ends() == SILENT


def test_a_child_of_a_running_loop_may_run_a_loop_of_its_own(start: Launcher, server: ScriptedServer) -> None:
    gate = Gate()
    server.serve(held(gate, "parent"))
    program = start(
        """
    async def main():
        client = new_async_client()
        task = asyncio.create_task(client.reset_instances(["parent"]))
        await asyncio.to_thread(hear)
        child = os.fork()
        if child == 0:
            asyncio._set_running_loop(None)
            say(asyncio.run(client.reset_instances(["child"])).ok)
            os._exit(0)
        say(join(child))
        say((await task).ok)
    asyncio.run(main())
    """,
        QUIETLY,
    )
    server.wait_for_requests(1)
    program.tell()
    assert [program.says(), program.says()] == [True, 0]
    gate.open()
    assert program.says() is True
    assert program.ends() == SILENT
