"""Ctrl-C, and every signal whose Python handler raises, ends what blocks, and nothing else."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from tests.answers import stalled, success
from tests.fleet import Fleet, phone_ids
from tests.guest.program import SILENT
from tests.preparation import Preparation
from tests.scripted_server import Gate
from tests.test_batches import by_first_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.guest.program import Launcher, Program
    from tests.scripted_server import Request, Script, ScriptedServer

#: The contract gives 0.2 s from the signal to the exception; the rest is for a machine that is busy with other things.
LIMIT = 0.2 + 0.3

IDS = phone_ids(350)

CALLS = {
    "call": "client.get_prepare_progress('a', user_id=USER)",
    "batch of one request": "client.reset_instances(['a'])",
    "batch of four requests": "client.delete_instances(IDS)",
    "get_instance": "client.get_instance('a')",
    "first page": "next(iter(client.list_instances()))",
    "collect": "client.list_instances().collect()",
    "wait": "client.wait_until_ready(['a'], user_id=USER)",
    "prepare and wait": "client.prepare_and_wait(['a'], user_id=USER)",
}
AWAITED = CALLS | {
    "first page": "anext(aiter(client.list_instances()))",
}
BLOCKING = """
    client = new_client(max_concurrency={concurrency})
    try:
        {call}
    except KeyboardInterrupt as interrupt:
        say(time.monotonic())
    hear()
    say(client.reset_instances(["a"]).ok)
"""
ASYNCIO = """
    client = new_async_client(max_concurrency={concurrency})
    async def main():
        await {call}
    try:
        asyncio.run(main())
    except KeyboardInterrupt as interrupt:
        say(time.monotonic())
    hear()
    say(asyncio.run(client.reset_instances(["a"])).ok)
"""


def press_ctrl_c(program: Program) -> None:
    """Interrupts a program that says when the interrupt has reached it, in time."""
    pressed = program.signal(signal.SIGINT)
    assert program.says() - pressed < LIMIT


def check_works_on(program: Program, server: ScriptedServer, kept: int = 0) -> None:
    """The connections of all but the first requests close, and the same client makes another call, which succeeds."""
    assert all(request.gone.wait(10) for request in server.requests[kept:])
    server.serve(success())
    program.tell()
    assert program.says() is True
    assert program.ends() == SILENT


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("source", [BLOCKING, ASYNCIO], ids=["blocking", "asyncio"])
def test_ctrl_c_ends_a_call_closes_its_connections_and_the_client_works_on(
    start: Launcher, server: ScriptedServer, source: str, name: str
) -> None:
    server.serve(stalled())
    program = start(source.format(call=(CALLS if source is BLOCKING else AWAITED)[name], concurrency=16))
    server.wait_for_requests(4 if "four" in name else 1)
    press_ctrl_c(program)
    check_works_on(program, server)


def test_ctrl_c_is_alike_on_every_python(start: Launcher, server: ScriptedServer, python: str) -> None:
    for source in (BLOCKING, ASYNCIO):
        server.requests.clear()
        server.serve(stalled())
        program = start(source.format(call=CALLS["wait"], concurrency=16), python=python)
        server.wait_for_requests(1)
        press_ctrl_c(program)
        check_works_on(program, server)


def first_page_of(pages: int) -> Script:
    """A fleet of that many pages, of which the first is given and the others stall."""
    fleet = Fleet(phone_ids(200 * pages))

    def answer(request: Request) -> object:
        return fleet(request) if request.query["page_no"] == "1" else stalled()

    return answer  # type: ignore[return-value] # both are answers


@pytest.mark.parametrize(
    ("call", "requests"),
    [("for phone in client.list_instances(): pass", 2), ("client.list_instances().collect()", 9)],
    ids=["pager", "collect"],
)
def test_ctrl_c_ends_a_list_in_its_middle(start: Launcher, server: ScriptedServer, call: str, requests: int) -> None:
    server.serve(first_page_of(9))
    program = start(BLOCKING.format(call=call, concurrency=16))
    server.wait_for_requests(requests)
    press_ctrl_c(program)
    check_works_on(program, server, kept=1)


def test_ctrl_c_ends_a_wait_that_rests_between_two_polls(start: Launcher, server: ScriptedServer) -> None:
    server.serve(Preparation(progress={"a": [1]}))
    source = BLOCKING.replace("say(time.monotonic())", "say(time.monotonic()); say(parts(interrupt.report))")
    call = "client.wait_until_ready(['a'], user_id=USER, poll_interval=600)"
    program = start(source.format(call=call, concurrency=16))
    server.wait_until(lambda: bool(server.requests) and server.in_flight == 0)
    press_ctrl_c(program)
    assert program.says()["pending"].keys() == {"a"}
    check_works_on(program, server, kept=1)


def hold_two_of_four(server: ScriptedServer) -> Callable[[], bool]:
    """One request is answered, two are held, one waits for its turn; tells when it is so."""
    server.serve(by_first_id({"phone-00100": stalled(), "phone-00200": stalled()}))
    return lambda: server.in_flight == 2 and len(server.requests) == 3


def hold_one_of_three(server: ScriptedServer) -> Callable[[], bool]:
    """One instance becomes ready, one fails, the third is queued, then no more is heard; tells when it is so."""
    server.serve(Preparation({"a": 0}, {"b": [-1], "c": [1, 1, 1, stalled()]}))
    return lambda: server.in_flight == 1 and len(server.requests) == 1 + 1 + 4


BATCH = (hold_two_of_four, "client.delete_instances(IDS)", "outcomes({}.result)")
BATCH_LEFT = {"succeeded": IDS[:100], "unknown": IDS[100:300], "not_sent": IDS[300:]}
WAIT = (
    hold_one_of_three,
    "client.prepare_and_wait(['a', 'b', 'c'], user_id=USER, poll_interval=0.05)",
    "parts({}.report)",
)
WAIT_LEFT = {"ready": ["a"], "failed": ["b"], "pending": {"c": 1}}


@pytest.mark.parametrize(("work", "left"), [(BATCH, BATCH_LEFT), (WAIT, WAIT_LEFT)], ids=["batch", "wait"])
@pytest.mark.parametrize("source", [BLOCKING, ASYNCIO], ids=["blocking", "asyncio"])
def test_the_interrupt_tells_what_was_done(
    start: Launcher,
    server: ScriptedServer,
    source: str,
    work: tuple[Callable[[ScriptedServer], Callable[[], bool]], str, str],
    left: object,
) -> None:
    hold, call, look = work
    holder = "interrupt" if source is BLOCKING else "interrupt.__context__"
    ready = hold(server)
    source = source.replace("say(time.monotonic())", f"say(time.monotonic()); say({look.format(holder)})")
    program = start(source.format(call=call, concurrency=2))
    server.wait_until(ready)
    press_ctrl_c(program)
    assert program.says() == left


def test_under_asyncio_the_context_of_the_interrupt_is_the_cancelling(start: Launcher, server: ScriptedServer) -> None:
    server.serve(stalled())
    source = ASYNCIO.replace("say(time.monotonic())", "say(type(interrupt.__context__).__name__)")
    program = start(source.format(call="client.reset_instances(['a'])", concurrency=16))
    server.wait_for_requests(1)
    program.signal(signal.SIGINT)
    assert program.says() == "CancelledError"


RAISING = """
    class Alarm(Exception): pass
    def handler(number, frame):
        raise Alarm
    for number in (signal.SIGUSR1, signal.SIGALRM):
        signal.signal(number, handler)
"""


@pytest.mark.parametrize("number", [signal.SIGUSR1, signal.SIGALRM])
@pytest.mark.parametrize("name", ["call", "batch of four requests", "first page", "collect", "wait"])
@pytest.mark.parametrize("source", [BLOCKING, ASYNCIO], ids=["blocking", "asyncio"])
def test_a_handler_that_raises_ends_a_call_with_its_own_exception(
    start: Launcher, server: ScriptedServer, source: str, name: str, number: signal.Signals
) -> None:
    server.serve(stalled())
    source = RAISING + source.replace("KeyboardInterrupt", "Alarm")
    program = start(source.format(call=(CALLS if "new_client" in source else AWAITED)[name], concurrency=16))
    server.wait_for_requests(4 if "four" in name else 1)
    raised = program.signal(number)
    assert program.says() - raised < LIMIT
    check_works_on(program, server)


def test_a_blocking_batch_leaves_its_result_on_the_exception_of_a_handler(
    start: Launcher, server: ScriptedServer
) -> None:
    ready = hold_two_of_four(server)
    program = start(
        RAISING
        + """
    try:
        new_client(max_concurrency=2).delete_instances(IDS)
    except Alarm as alarm:
        say(outcomes(alarm.result))
    """
    )
    server.wait_until(ready)
    program.signal(signal.SIGUSR1)
    assert program.says() == BATCH_LEFT
    assert program.ends() == SILENT


@pytest.mark.parametrize("call", ["client.reset_instances(['a'])", "asyncio.run(client.aio.reset_instances(['a']))"])
def test_a_handler_that_returns_disturbs_nothing(start: Launcher, server: ScriptedServer, call: str) -> None:
    gate = Gate()
    server.serve(stalled(gate))
    program = start(
        f"""
    signal.signal(signal.SIGUSR1, lambda number, frame: say("handled"))
    client = new_client()
    say({call}.ok)
    """
    )
    server.wait_for_requests(1)
    program.signal(signal.SIGUSR1)
    assert program.says() == "handled"
    gate.open()
    assert program.says() is True
    assert len(server.requests) == 1


def test_ctrl_c_leaves_the_calls_of_other_threads_alone(start: Launcher, server: ScriptedServer) -> None:
    gate = Gate()
    server.serve(stalled(gate))
    program = start(
        """
    client = new_client()
    thread = threading.Thread(target=lambda: say(client.reset_instances(["b"]).ok))
    thread.start()
    try:
        client.reset_instances(["a"])
    except KeyboardInterrupt:
        say(time.monotonic())
    thread.join()
    """
    )
    server.wait_for_requests(2)
    press_ctrl_c(program)
    mine = next(request for request in server.requests if request.json == {"instance_ids": ["a"]})
    assert mine.gone.wait(10)
    gate.open()
    assert program.says() is True
    assert program.ends() == SILENT
