"""A bug in the core surfaces as `InternalError`: without a word on stderr, and the client works on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.answers import success
from tests.face import TOKEN
from tests.fleet import Fleet, phone_ids
from tests.guest.program import SILENT
from tests.preparation import Preparation

if TYPE_CHECKING:
    from tests.guest.program import Launcher
    from tests.scripted_server import ScriptedServer

IDS = phone_ids(350)

PANIC = """
    from koophone._core import _panic_at_next_request

    client = new_client(max_concurrency=1)
    try:
        _panic_at_next_request()
        {call}
    except koophone.{error} as error:
        {tell}
    say(client.reset_instances(["after"]).ok)
"""


def panicking(call: str, tell: str, error: str = "InternalError") -> str:
    """A program that meets a panic and tells of its error."""
    return PANIC.format(call=call, tell=tell, error=error)


CALLS = {
    "client.get_prepare_progress('a', user_id=USER)": "get_prepare_progress",
    "client.reset_instances(['a'])": "reset_instances",
    "client.get_instance('a')": "list_instances",
    "next(iter(client.list_instances()))": "list_instances",
    "client.list_instances().collect()": "list_instances",
    "asyncio.run(client.aio.get_prepare_progress('a', user_id=USER))": "get_prepare_progress",
    "asyncio.run(client.aio.reset_instances(['a']))": "reset_instances",
    "asyncio.run(client.aio.list_instances().collect())": "list_instances",
}


@pytest.mark.parametrize("call", CALLS)
def test_a_panic_is_an_internal_error_with_its_operation_and_nothing_on_stderr(
    start: Launcher, server: ScriptedServer, call: str
) -> None:
    server.serve(success())
    program = start(panicking(call, "say([error.operation, str(error)])"))
    operation, text = program.says()
    assert operation == CALLS[call]
    assert operation in text
    assert TOKEN not in text
    assert program.says() is True
    assert program.ends() == SILENT
    assert [request.json for request in server.requests] == [{"instance_ids": ["after"]}]


def test_a_panic_is_alike_on_every_python(start: Launcher, server: ScriptedServer, python: str) -> None:
    server.serve(success())
    program = start(panicking("client.reset_instances(['a'])", "say(error.operation)"), python=python)
    assert [program.says(), program.says()] == ["reset_instances", True]
    assert program.ends() == SILENT


@pytest.mark.parametrize("call", ["client.delete_instances(IDS)", "asyncio.run(client.aio.delete_instances(IDS))"])
def test_a_panic_in_one_request_of_a_batch_leaves_its_ids_unknown_and_the_others_done(
    start: Launcher, server: ScriptedServer, call: str
) -> None:
    server.serve(success())
    tell = "say([type(each).__name__ for each in error.exceptions]); say(outcomes(error.result))"
    program = start(panicking(call, tell, error="BatchError"))
    assert program.says() == ["InternalError"]
    assert program.says() == {"succeeded": IDS[100:], "unknown": IDS[:100]}
    assert program.says() is True
    assert program.ends() == SILENT


def test_a_panic_in_a_batch_of_one_request_leaves_its_ids_unknown(start: Launcher, server: ScriptedServer) -> None:
    server.serve(success())
    program = start(panicking("client.delete_instances(['a', 'b'])", "say(outcomes(error.result))"))
    assert program.says() == {"succeeded": [], "unknown": ["a", "b"]}
    assert program.says() is True


def test_a_pager_can_be_asked_again_for_the_page_that_met_a_panic(start: Launcher, server: ScriptedServer) -> None:
    fleet = Fleet(phone_ids(450))
    server.serve(lambda request: fleet(request) if request.method == "GET" else success())
    program = start(
        """
    from koophone._core import _panic_at_next_request
    client = new_client()
    _panic_at_next_request()
    pager = client.list_instances()
    try:
        list(pager)
    except koophone.InternalError as error:
        say(error.operation)
    say(len(list(pager)))
    """
    )
    assert [program.says(), program.says()] == ["list_instances", 450]
    assert program.ends() == SILENT


def test_a_panic_while_a_page_is_fetched_ahead_reaches_who_asks_for_it(start: Launcher, server: ScriptedServer) -> None:
    fleet = Fleet(phone_ids(450))
    server.serve(lambda request: fleet(request) if request.method == "GET" else success())
    program = start(
        """
    from koophone._core import _panic_at_next_request
    client = new_client()
    async def main():
        pages = aiter(client.aio.list_instances().pages())
        say(len((await anext(pages)).items))
        await asyncio.to_thread(hear)
        _panic_at_next_request()
        say(len((await anext(pages)).items))
        try:
            await anext(pages)
        except koophone.InternalError as error:
            say(error.operation)
    asyncio.run(main())
    say(client.reset_instances(["after"]).ok)
    """
    )
    assert program.says() == 200
    server.wait_for_requests(2)
    program.tell()
    assert [program.says() for _ in range(3)] == [200, "list_instances", True]
    assert program.ends() == SILENT


WAIT = "{}(['a', 'b', 'c'], user_id=USER, poll_interval=0.05)"
FACES = pytest.mark.parametrize(
    "call", [f"client.{WAIT}", f"asyncio.run(client.aio.{WAIT})"], ids=["blocking", "asyncio"]
)


@FACES
def test_a_panic_in_a_poll_fails_that_id_and_the_wait_goes_on(
    start: Launcher, server: ScriptedServer, call: str
) -> None:
    preparation = Preparation()
    server.serve(lambda request: success() if request.path.endswith("reset") else preparation(request))
    tell = "say([{one: type(why).__name__ for one, why in error.report.failed.items()}, parts(error.report)])"
    program = start(panicking(call.format("wait_until_ready"), tell, error="PrepareFailedError"))
    failed, report = program.says()
    assert failed == {"a": "InternalError"}
    assert report == {"ready": ["b", "c"], "failed": ["a"], "pending": {}}
    assert program.says() is True
    assert program.ends() == SILENT


@FACES
def test_a_panic_in_prepare_fails_its_ids_and_ends_the_wait_with_its_report(
    start: Launcher, server: ScriptedServer, call: str
) -> None:
    preparation = Preparation()
    server.serve(lambda request: success() if request.path.endswith("reset") else preparation(request))
    tell = "say([{one: type(why).__name__ for one, why in error.report.failed.items()}, parts(error.report)])"
    program = start(panicking(call.format("prepare_and_wait"), tell, error="PrepareFailedError"))
    failed, report = program.says()
    assert failed == dict.fromkeys("abc", "InternalError")
    assert report == {"ready": [], "failed": ["a", "b", "c"], "pending": {}}
    assert program.says() is True
    assert program.ends() == SILENT


def test_a_panic_of_one_thread_concerns_that_thread_alone(start: Launcher, server: ScriptedServer) -> None:
    server.serve(success())
    program = start(
        """
    from concurrent.futures import ThreadPoolExecutor
    from koophone._core import _panic_at_next_request
    client = new_client()
    def call(name):
        try:
            return client.reset_instances([name]).ok
        except koophone.InternalError:
            return "panic"
    _panic_at_next_request()
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(call, IDS[:40]))
    say([results.count(True), results.count("panic")])
    """
    )
    assert program.says() == [39, 1]
    assert program.ends() == SILENT


def test_panics_again_and_again_cost_no_worker(start: Launcher, server: ScriptedServer) -> None:
    server.serve(success())
    program = start(
        """
    from koophone._core import _panic_at_next_request
    client = new_client()
    for number in range(20):
        _panic_at_next_request()
        try:
            client.reset_instances(["a"])
        except koophone.InternalError:
            continue
        raise AssertionError("no panic")
    say(client.reset_instances(["after"]).ok)
    """
    )
    assert program.says() is True
    assert program.ends() == SILENT
