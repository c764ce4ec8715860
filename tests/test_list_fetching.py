"""When a list asks for its pages: one ahead for a reader, side by side for `collect`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.answers import success
from tests.fleet import Fleet, phone_ids
from tests.operations import RESET

if TYPE_CHECKING:
    from koophone import Client
    from tests.face import Face
    from tests.scripted_server import Answer, Request, ScriptedServer

SETTLE = 0.2  # long enough for a request that should not be sent to arrive


def pages_asked(server: ScriptedServer) -> list[str]:
    """The numbers of the pages asked for, in order of arrival."""
    return [request.query["page_no"] for request in server.requests]


def test_a_list_that_nobody_reads_asks_for_nothing(client: Client, server: ScriptedServer) -> None:
    pager = client.list_instances()
    time.sleep(SETTLE)
    assert server.requests == []
    assert pager is not None


def test_one_page_is_fetched_ahead_and_never_more(client: Client, server: ScriptedServer) -> None:
    server.serve(Fleet(phone_ids(100)))
    reader = iter(client.list_instances(page_size=10))
    for number in (1, 2, 3):
        next(reader)
        server.wait_for_requests(number + 1)
        time.sleep(SETTLE)
        assert pages_asked(server) == [str(one) for one in range(1, number + 2)]
        for _ in range(9):
            next(reader)
    assert next(reader).instance_id == phone_ids(100)[30]


def test_pages_too_are_fetched_one_ahead(client: Client, server: ScriptedServer) -> None:
    server.serve(Fleet(phone_ids(100)))
    reader = iter(client.list_instances(page_size=10).pages())
    next(reader)
    server.wait_for_requests(2)
    time.sleep(SETTLE)
    assert pages_asked(server) == ["1", "2"]


def test_a_single_page_is_asked_for_once(client: Client, server: ScriptedServer) -> None:
    server.serve(Fleet(phone_ids(3)))
    assert len(list(client.list_instances())) == 3
    time.sleep(SETTLE)
    assert pages_asked(server) == ["1"]


@pytest.mark.parametrize("at_once", [1, 4])
def test_collect_fetches_side_by_side_as_many_as_allowed(face: Face, server: ScriptedServer, at_once: int) -> None:
    fleet = Fleet(phone_ids(210))

    async def script(request: Request) -> Answer:
        if request.query["page_no"] != "1":
            await server.until(lambda: server.in_flight == at_once or len(server.requests) == 21)
        return fleet(request)

    server.serve(script)
    table = face.client(server.endpoint, max_concurrency=at_once).list_instances(page_size=10).collect()
    assert [one.instance_id for one in table] == phone_ids(210)
    assert server.most_in_flight == at_once


def test_other_calls_go_on_while_a_list_is_read(client: Client, server: ScriptedServer) -> None:
    fleet = Fleet(phone_ids(4))
    server.serve(fleet)
    reader = iter(client.list_instances(page_size=2))
    next(reader)
    server.wait_for_requests(2)
    server.serve(lambda request: fleet(request) if request.method == "GET" else success())
    assert RESET.call(client).ok
    assert len(list(reader)) == 3
