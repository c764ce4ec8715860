"""At exit nothing is printed of calls that a loop still awaits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.answers import stalled
from tests.guest.program import SILENT, End

if TYPE_CHECKING:
    from tests.guest.program import Launcher
    from tests.scripted_server import ScriptedServer


PENDING = """
    client = new_async_client()
    async def main():
        task = asyncio.create_task({call})
        await asyncio.to_thread(hear)
        {then}
"""


@pytest.mark.parametrize("call", ["client.reset_instances(['a'])", "client.wait_until_ready(['a'], user_id=USER)"])
def test_asyncio_run_that_leaves_a_call_pending_ends_in_silence(
    start: Launcher, server: ScriptedServer, call: str, python: str
) -> None:
    server.serve(stalled())
    program = start(PENDING.format(call=call, then="return task") + "    asyncio.run(main())\n", python=python)
    server.wait_for_requests(1)
    program.tell()
    assert program.ends() == SILENT


@pytest.mark.parametrize("then", ["loop.close()", "del loop", "pass"])
def test_a_loop_left_with_a_call_pending_ends_with_no_word_but_asyncios(
    start: Launcher, server: ScriptedServer, then: str, python: str
) -> None:
    server.serve(stalled())
    program = start(
        PENDING.format(call="client.reset_instances(['a'])", then="return task")
        + f"""
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(lambda loop, context: None)  # asyncio's own word on pending tasks
    task = loop.run_until_complete(main())
    {then}
    """,
        python=python,
    )
    server.wait_for_requests(1)
    program.tell()
    assert program.ends() == SILENT


def test_sys_exit_inside_a_loop_ends_in_silence(start: Launcher, server: ScriptedServer) -> None:
    server.serve(stalled())
    program = start(
        PENDING.format(call="client.reset_instances(['a'])", then="sys.exit(4)") + "    asyncio.run(main())\n"
    )
    server.wait_for_requests(1)
    program.tell()
    assert program.ends() == End(4, "", "")
    assert server.requests[0].gone.wait(10)
