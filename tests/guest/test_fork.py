"""After `os.fork` the child's client works, and the parent's too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.answers import success
from tests.guest.program import QUIETLY, SILENT

if TYPE_CHECKING:
    from tests.guest.program import Launcher
    from tests.scripted_server import ScriptedServer


def test_a_client_made_and_used_before_the_fork_works_in_child_and_parent(
    start: Launcher, server: ScriptedServer, python: str
) -> None:
    server.serve(success())
    program = start(
        """
    client = new_client()
    client.reset_instances(["before"])
    child = in_child(lambda: say(client.reset_instances(["child"]).ok))
    say(join(child))
    say(client.reset_instances(["parent"]).ok)
    """,
        QUIETLY,
        python=python,
    )
    assert [program.says() for _ in range(3)] == [True, 0, True]
    assert program.ends() == SILENT
    before, child, parent = server.requests
    assert child.connection != before.connection  # a shared one would mix their answers
    assert parent.connection == before.connection  # and the child has not taken the parent's away


def test_a_client_never_used_before_the_fork_works_in_both(start: Launcher, server: ScriptedServer) -> None:
    server.serve(success())
    program = start(
        """
    client = new_client()
    child = in_child(lambda: say(client.reset_instances(["child"]).ok))
    say(join(child))
    say(client.reset_instances(["parent"]).ok)
    """
    )
    assert [program.says() for _ in range(3)] == [True, 0, True]
    assert program.ends() == SILENT


def test_many_children_one_after_another_and_side_by_side(start: Launcher, server: ScriptedServer) -> None:
    server.serve(success())
    program = start(
        """
    client = new_client()
    for number in range(30):
        client.reset_instances(["parent"])
        assert join(in_child(lambda: client.reset_instances(["child"]))) == 0
    children = [in_child(lambda: client.reset_instances(["child"])) for number in range(8)]
    assert [join(child) for child in children] == [0] * 8
    """,
        QUIETLY,
    )
    assert program.ends() == SILENT
    assert len(server.requests) == 30 + 30 + 8


def test_a_grandchild_works_too(start: Launcher, server: ScriptedServer) -> None:
    server.serve(success())
    program = start(
        """
    client = new_client()
    client.reset_instances(["a"])
    def child():
        client.reset_instances(["b"])
        assert join(in_child(lambda: client.reset_instances(["c"]))) == 0
        client.reset_instances(["d"])
    say(join(in_child(child)))
    """,
        QUIETLY,
    )
    assert program.says() == 0
    assert program.ends() == SILENT
    assert [request.json["instance_ids"] for request in server.requests] == [["a"], ["b"], ["c"], ["d"]]


def test_asyncio_works_in_the_child_of_a_program_that_used_it(start: Launcher, server: ScriptedServer) -> None:
    server.serve(success())
    program = start(
        """
    client = new_async_client()
    asyncio.run(client.reset_instances(["before"]))
    say(join(in_child(lambda: say(asyncio.run(client.reset_instances(["child"])).ok))))
    say(asyncio.run(client.reset_instances(["parent"])).ok)
    """,
        QUIETLY,
    )
    assert [program.says() for _ in range(3)] == [True, 0, True]
    assert program.ends() == SILENT


def test_children_may_run_the_loop_that_they_inherited(start: Launcher, server: ScriptedServer) -> None:
    server.serve(success())
    program = start(
        """
    client = new_async_client()
    loop = asyncio.new_event_loop()
    loop.run_until_complete(client.reset_instances(["parent"]))
    def work():
        for _ in range(20):
            assert loop.run_until_complete(client.reset_instances(["child"])).ok
    children = [in_child(work) for _ in range(4)]
    say([join(child) for child in children])
    say(loop.run_until_complete(client.reset_instances(["parent"])).ok)
    """,
        QUIETLY,
    )
    assert [program.says(), program.says()] == [[0] * 4, True]
    assert len(server.requests) == 1 + 4 * 20 + 1
