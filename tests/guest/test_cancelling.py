"""A cancelled task ends its exchange at once, and tells what it had done."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING

import pytest

from tests.answers import stalled, success
from tests.fleet import Fleet, phone_ids
from tests.guest.program import SILENT
from tests.preparation import Preparation
from tests.scripted_server import Gate
from tests.test_batches import by_first_id

if TYPE_CHECKING:
    from tests.guest.program import Launcher
    from tests.scripted_server import ScriptedServer

IDS = phone_ids(350)


def scenario(body: str) -> str:
    """A program that runs a body in a loop, with a client; the server tells when by a line."""
    return f"""
async def heard():
    await asyncio.to_thread(hear)

async def main():
    client = new_async_client(max_concurrency=2)
{indent(body, "    ")}
    await heard()
    say((await client.reset_instances(["z"])).ok)

asyncio.run(main())
"""


def cancel_by_task(call: str, after: str = "say('cancelled')") -> str:
    """A program that cancels a call when told to."""
    return scenario(f"""
task = asyncio.create_task({call})
await heard()
task.cancel()
try:
    await task
except asyncio.CancelledError as cancelled:
    {after}
""")


CALLS = {
    "call": "client.get_prepare_progress('a', user_id=USER)",
    "batch": "client.delete_instances(IDS[:200])",
    "page": "anext(aiter(client.list_instances()))",
    "collect": "client.list_instances().collect()",
    "wait": "client.wait_until_ready(['a'], user_id=USER)",
}


@pytest.mark.parametrize("name", CALLS)
def test_a_cancelled_task_closes_its_connections_and_the_client_works_on(
    start: Launcher, server: ScriptedServer, name: str
) -> None:
    server.serve(stalled())
    program = start(cancel_by_task(CALLS[name]))
    server.wait_for_requests(2 if name == "batch" else 1)
    program.tell()
    assert program.says() == "cancelled"
    assert all(request.gone.wait(10) for request in server.requests)
    server.serve(success())
    program.tell()
    assert program.says() is True
    assert program.ends() == SILENT


BLOCKS = {
    "wait_for": """
try:
    await asyncio.wait_for(client.reset_instances(["a"]), 0.5)
except TimeoutError:
    say("over")
""",
    "asyncio.timeout": """
try:
    async with asyncio.timeout(0.5):
        await client.reset_instances(["a"])
except TimeoutError:
    say("over")
""",
    "TaskGroup": """
async def fail():
    await heard()
    raise LookupError
try:
    async with asyncio.TaskGroup() as group:
        group.create_task(client.reset_instances(["a"]))
        group.create_task(fail())
except* LookupError:
    say("over")
""",
    "anyio": """
import anyio
with anyio.move_on_after(0.5):
    await client.reset_instances(["a"])
say("over")
""",
    "anyio task group": """
import anyio
async with anyio.create_task_group() as group:
    group.start_soon(client.reset_instances, ["a"])
    await heard()
    group.cancel_scope.cancel()
say("over")
""",
}


@pytest.mark.parametrize("name", BLOCKS)
def test_whoever_cancels_the_connection_closes(start: Launcher, server: ScriptedServer, name: str) -> None:
    server.serve(stalled())
    program = start(scenario(BLOCKS[name]))
    server.wait_for_requests(1)
    if "heard" in BLOCKS[name]:
        program.tell()
    assert program.says() == "over"
    assert server.requests[0].gone.wait(10)
    server.serve(success())
    program.tell()
    assert program.says() is True
    assert program.ends() == SILENT


def test_a_cancelled_batch_has_its_result(start: Launcher, server: ScriptedServer) -> None:
    server.serve(by_first_id({"phone-00100": stalled(), "phone-00200": stalled()}))
    program = start(cancel_by_task("client.delete_instances(IDS)", "say(outcomes(cancelled.result))"))
    server.wait_until(lambda: server.in_flight == 2 and len(server.requests) == 3)
    program.tell()
    assert program.says() == {"succeeded": IDS[:100], "unknown": IDS[100:300], "not_sent": IDS[300:]}


def test_a_cancelled_wait_has_its_report(start: Launcher, server: ScriptedServer) -> None:
    server.serve(Preparation({"a": 0}, {"b": [-1], "c": [1, 1, 1, stalled()]}))
    call = "client.prepare_and_wait(['a', 'b', 'c'], user_id=USER, poll_interval=0.05)"
    program = start(cancel_by_task(call, "say(parts(cancelled.report))"))
    server.wait_until(lambda: server.in_flight == 1 and len(server.requests) == 6)
    program.tell()
    assert program.says() == {"ready": ["a"], "failed": ["b"], "pending": {"c": 1}}


def test_a_cancelled_rest_between_two_polls_ends_the_wait(start: Launcher, server: ScriptedServer) -> None:
    server.serve(Preparation(progress={"a": [1]}))
    call = "client.wait_until_ready(['a'], user_id=USER, poll_interval=0.3, on_progress=lambda _: say('polled'))"
    program = start(cancel_by_task(call, "say(parts(cancelled.report)); await asyncio.sleep(1); say('rested')"))
    assert program.says() == "polled"
    program.tell()
    assert program.says() == {"ready": [], "failed": [], "pending": {"a": 1}}
    polls = len(server.requests)
    assert program.says() == "rested"
    assert len(server.requests) == polls


def test_a_task_cancelled_before_it_began_sends_nothing(start: Launcher, server: ScriptedServer) -> None:
    server.serve(success())
    program = start(
        scenario("""
task = asyncio.create_task(client.delete_instances(["a"]))
task.cancel()
say([type(each).__name__ for each in await asyncio.gather(task, return_exceptions=True)])
""")
    )
    assert program.says() == ["CancelledError"]
    assert server.requests == []
    program.tell()
    assert program.says() is True
    assert program.ends() == SILENT
    assert [request.json for request in server.requests] == [{"instance_ids": ["z"]}]


def test_one_of_many_cancelled_leaves_the_others(start: Launcher, server: ScriptedServer) -> None:
    gate = Gate()
    server.serve(stalled(gate))
    program = start(
        scenario("""
tasks = [asyncio.create_task(client.reset_instances([each])) for each in "abcdefgh"]
await heard()
tasks[3].cancel()
say("cancelled")
results = await asyncio.gather(*tasks, return_exceptions=True)
say([type(each).__name__ for each in results])
""")
    )
    server.wait_for_requests(8)
    program.tell()
    assert program.says() == "cancelled"
    cancelled = next(request for request in server.requests if request.json == {"instance_ids": ["d"]})
    assert cancelled.gone.wait(10)
    gate.open()
    assert program.says() == ["BatchResult"] * 3 + ["CancelledError"] + ["BatchResult"] * 4


def test_a_list_goes_on_after_its_fetch_was_cancelled(start: Launcher, server: ScriptedServer) -> None:
    fleet, gate = Fleet(phone_ids(600)), Gate()
    server.serve(lambda request: stalled(gate, fleet(request)) if request.query["page_no"] == "2" else fleet(request))
    program = start(
        scenario("""
pages = aiter(client.list_instances().pages())
items = list((await anext(pages)).items)
task = asyncio.create_task(anext(pages))
await heard()
task.cancel()
await asyncio.wait([task])
say(task.cancelled())
async for page in pages:
    items += page.items
say([phone.instance_id for phone in items])
""")
    )
    server.wait_for_requests(2)
    program.tell()
    assert program.says() is True
    gate.open()
    assert program.says() == phone_ids(600)


def test_a_cancel_that_meets_the_answer_prints_nothing(start: Launcher, server: ScriptedServer) -> None:
    gate = Gate()
    server.serve(stalled(gate))
    program = start(
        scenario("""
task = asyncio.create_task(client.reset_instances(["a"]))
await heard()
say("in flight")
hear()  # the loop stands still while the answer comes
time.sleep(0.3)
asyncio.get_running_loop().call_soon(task.cancel)
await asyncio.wait([task])
say(task.cancelled())
""")
    )
    server.wait_for_requests(1)
    program.tell()
    assert program.says() == "in flight"
    gate.open()
    server.wait_until(lambda: server.in_flight == 0)
    program.tell()
    assert program.says() is True
    program.tell()
    assert program.says() is True
    assert program.ends() == SILENT


def test_cancelled_calls_leave_nothing_behind(start: Launcher, server: ScriptedServer) -> None:
    server.serve(lambda request: success() if request.json == {"instance_ids": ["z"]} else stalled())
    program = start(
        scenario("""
def futures():
    gc.collect()
    return sum(isinstance(each, asyncio.Future) for each in gc.get_objects())
before = futures()
for _ in range(20):
    tasks = [asyncio.create_task(client.reset_instances(["a"])) for _ in range(10)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
del task, tasks
say(futures() - before)
""")
    )
    assert program.says() <= 5
    program.tell()
    assert program.says() is True
    assert program.ends() == SILENT
