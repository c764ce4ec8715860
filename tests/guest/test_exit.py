"""At exit nothing hangs and nothing is printed, whatever is in flight."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from tests.answers import stalled, success
from tests.fleet import Fleet, phone_ids
from tests.guest.program import SILENT, End
from tests.preparation import Preparation
from tests.scripted_server import Gate

if TYPE_CHECKING:
    from tests.guest.program import Launcher
    from tests.scripted_server import ScriptedServer


CALLS = {
    "call": "client.reset_instances(['a'])",
    "batch": "client.delete_instances(IDS)",
    "pager": "next(iter(client.list_instances()))",
    "collect": "client.list_instances().collect()",
    "wait": "client.wait_until_ready(['a'], user_id=USER)",
    "asyncio call": "asyncio.run(client.aio.reset_instances(['a']))",
    "asyncio wait": "asyncio.run(client.aio.prepare_and_wait(['a'], user_id=USER))",
}
DAEMON = """
    client = new_client()
    def work():
        {call}
    threading.Thread(target=work, daemon=True).start()
    hear()
    {ending}
"""
each_call = pytest.mark.parametrize("name", CALLS)


@each_call
def test_a_daemon_thread_inside_a_call_ends_in_silence(
    start: Launcher, server: ScriptedServer, name: str, python: str
) -> None:
    server.serve(stalled())
    program = start(DAEMON.format(call=CALLS[name], ending=""), python=python)
    server.wait_for_requests(1)
    program.tell()
    assert program.ends() == SILENT
    assert server.requests[0].gone.wait(10)


@each_call
def test_a_program_that_takes_its_time_to_go_is_not_disturbed_by_its_daemon_threads(
    start: Launcher, server: ScriptedServer, name: str, python: str
) -> None:
    server.serve(stalled())
    ending = """
    class Slow:
        def __del__(self, sleep=time.sleep):
            sleep(0.3)  # lets the other threads run once more, in an interpreter that is going
    sys.slow = Slow()  # the module `sys` goes last
    """
    program = start(DAEMON.format(call=CALLS[name], ending=ending), python=python)
    server.wait_for_requests(1)
    program.tell()
    assert program.ends() == SILENT


@each_call
@pytest.mark.parametrize(("ending", "code"), [("sys.exit(3)", 3), ("client.close()", 0), ("del client", 0)])
def test_the_program_ends_as_it_says(
    start: Launcher, server: ScriptedServer, name: str, ending: str, code: int
) -> None:
    server.serve(stalled())
    program = start(DAEMON.format(call=CALLS[name], ending=ending))
    server.wait_for_requests(1)
    program.tell()
    assert program.ends() == End(code, "", "")


def test_many_daemon_threads_of_every_kind_end_in_silence(start: Launcher, server: ScriptedServer, python: str) -> None:
    server.serve(stalled())
    program = start(
        f"""
    client = new_client()
    for call in {list(CALLS.values())} * 4:
        threading.Thread(target=eval, args=[call, globals()], daemon=True).start()
    hear()
    """,
        python=python,
    )
    server.wait_for_requests(4 * len(CALLS))
    program.tell()
    assert program.ends() == SILENT


@pytest.mark.parametrize("call", ["client.delete_instances(IDS)", "asyncio.run(client.aio.delete_instances(IDS))"])
def test_daemon_threads_that_call_all_the_time_end_in_silence(
    start: Launcher, server: ScriptedServer, call: str, python: str
) -> None:
    server.serve(success())
    for _ in range(5):  # it is a race between the exit and the answers
        server.requests.clear()
        program = start(
            f"""
    client = new_client()
    def work():
        while True:
            {call}
    for _ in range(8):
        threading.Thread(target=work, daemon=True).start()
    hear()
    """,
            python=python,
        )
        server.wait_for_requests(100)
        program.tell()
        assert program.ends() == SILENT


def test_a_wait_at_rest_between_polls_in_a_daemon_thread_ends_in_silence(
    start: Launcher, server: ScriptedServer
) -> None:
    server.serve(Preparation(progress={"a": [1]}))
    call = "client.wait_until_ready(['a'], user_id=USER, on_progress=lambda progress: None)"
    program = start(DAEMON.format(call=call, ending=""))
    server.wait_until(lambda: bool(server.requests) and server.in_flight == 0)
    program.tell()
    assert program.ends() == SILENT


def test_a_thread_that_is_no_daemon_gets_its_answer_before_the_program_ends(
    start: Launcher, server: ScriptedServer, python: str
) -> None:
    gate = Gate()
    server.serve(stalled(gate))
    program = start(
        """
    client = new_client()
    def work():
        say(client.reset_instances(["a"]).ok)
        say(client.reset_instances(["b"]).ok)
        sys.exit()
    threading.Thread(target=work).start()
    """,
        python=python,
    )
    server.wait_for_requests(1)
    gate.open()
    assert [program.says(), program.says()] == [True, True]
    assert program.ends() == SILENT


def test_nothing_has_to_be_closed(start: Launcher, server: ScriptedServer, python: str) -> None:
    server.serve(Fleet(phone_ids(600)))
    program = start(
        """
    from koophone.testing import Simulator
    cloud = Simulator(instances=500)
    blocking, awaited = cloud.client(), cloud.async_client()
    rows, half_read = iter(blocking.list_instances()), iter(new_client().list_instances())
    next(rows), next(half_read)
    async def main():
        pages = aiter(awaited.list_instances().pages())
        await anext(pages)
        return pages
    pages = asyncio.run(main())
    cycle = [blocking, cloud, rows, pages]
    cycle.append(cycle)
    """,
        python=python,
    )
    assert program.ends() == SILENT


def test_a_simulator_that_is_never_closed_ends_with_calls_in_flight(start: Launcher, python: str) -> None:
    program = start(
        """
    from koophone.testing import Simulator
    cloud = Simulator(instances=500)
    client = cloud.client()
    def work():
        while True:
            client.list_instances().collect()
            say("collected")
    def wait():
        client.prepare_and_wait(cloud.instance_ids, user_id=USER)
    threading.Thread(target=work, daemon=True).start()
    threading.Thread(target=wait, daemon=True).start()
    hear()
    sys.stdout = open(os.devnull, "w")
    """,
        python=python,
    )
    assert program.says() == "collected"
    program.tell()
    end = program.ends()
    assert (end.code, end.errors) == (0, "")


@pytest.mark.parametrize("before", ["client.reset_instances(['before'])", "pass"])
@pytest.mark.parametrize("call", ["client.reset_instances(['a'])", "asyncio.run(client.aio.reset_instances(['a']))"])
def test_an_exit_handler_may_still_call(
    start: Launcher, server: ScriptedServer, before: str, call: str, python: str
) -> None:
    server.serve(success())
    program = start(
        f"""
    import atexit
    client = new_client()
    {before}
    atexit.register(lambda: say({call}.ok))
    """,
        python=python,
    )
    assert program.says() is True
    assert program.ends() == SILENT


def test_an_exit_handler_registered_before_the_first_call_may_still_call(
    start: Launcher, server: ScriptedServer, python: str
) -> None:
    server.serve(success())
    program = start(
        """
    import atexit
    client = new_client()
    atexit.register(lambda: say(client.reset_instances(["b"]).ok))
    client.reset_instances(["a"])
    """,
        python=python,
    )
    assert program.says() is True
    assert program.ends() == SILENT


def test_calls_of_daemon_threads_are_ended_before_later_exit_handlers(start: Launcher, server: ScriptedServer) -> None:
    server.serve(stalled())
    program = start(
        """
    import atexit
    atexit.register(hear)
    client = new_client()
    threading.Thread(target=client.reset_instances, args=[["a"]], daemon=True).start()
    hear()
    """
    )
    server.wait_for_requests(1)
    program.tell()
    assert server.requests[0].gone.wait(10)  # while the program still waits in its own exit handler
    program.tell()
    assert program.ends() == SILENT


def test_a_destructor_at_exit_that_calls_or_closes_prints_nothing(start: Launcher, server: ScriptedServer) -> None:
    server.serve(success())
    program = start(
        """
    class Holder:
        def __init__(self):
            self.client = new_client()
            self.client.reset_instances(["a"])
        def __del__(self):
            self.client.close()
    holder = Holder()
    """
    )
    assert program.ends() == SILENT


def test_sigterm_ends_a_program_inside_a_call_at_once(start: Launcher, server: ScriptedServer) -> None:
    server.serve(stalled())
    program = start("new_client().reset_instances(['a'])")
    server.wait_for_requests(1)
    program.signal(signal.SIGTERM)
    assert program.ends() == End(-signal.SIGTERM, "", "")
    assert server.requests[0].gone.wait(10)


def test_the_traceback_of_an_interrupt_that_nobody_catches_is_pythons_own(
    start: Launcher, server: ScriptedServer
) -> None:
    server.serve(stalled())
    program = start("new_client().reset_instances(['a'])")
    server.wait_for_requests(1)
    program.signal(signal.SIGINT)
    end = program.ends()
    assert (end.code, end.output) == (-signal.SIGINT, "")
    assert end.errors.splitlines()[-1] == "KeyboardInterrupt"
    assert end.errors.count("Traceback") == 1
