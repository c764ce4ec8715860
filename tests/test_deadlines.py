"""What a deadline bounds: a call as a whole, each fetch of a list, all of `collect`, but no wait."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from koophone import RequestTimeoutError
from tests.fleet import Fleet, phone_ids
from tests.preparation import USER, Preparation

if TYPE_CHECKING:
    from collections.abc import Callable

    from koophone import Client
    from tests.face import Face
    from tests.scripted_server import Answer, Request, Script, ScriptedServer

PAUSE = 0.3  # seconds that each answer takes
DEADLINE = 0.8  # enough for two answers in a row, not for four


def slowly(script: Callable[[Request], Answer]) -> Script:
    """The same answers, each after a pause."""

    async def slow(request: Request) -> Answer:
        await asyncio.sleep(PAUSE)
        return script(request)

    return slow


@pytest.fixture
def hurried(face: Face, server: ScriptedServer) -> Client:
    """A client with a deadline and one request at a time."""
    return face.client(server.endpoint, deadline=DEADLINE, max_concurrency=1)


def test_a_deadline_bounds_each_fetch_of_a_list(hurried: Client, server: ScriptedServer) -> None:
    server.serve(slowly(Fleet(phone_ids(40))))
    assert [one.instance_id for one in hurried.list_instances(page_size=10)] == phone_ids(40)


def test_a_deadline_bounds_all_of_collect(hurried: Client, server: ScriptedServer) -> None:
    server.serve(slowly(Fleet(phone_ids(40))))
    with pytest.raises(RequestTimeoutError):
        hurried.list_instances(page_size=10).collect()
    assert hurried.list_instances(page_size=20).collect()


def test_a_deadline_bounds_no_wait(hurried: Client, server: ScriptedServer) -> None:
    server.serve(slowly(Preparation(progress={"a": [1, 1, 0]})))
    report = hurried.prepare_and_wait(["a"], user_id=USER, poll_interval=0.1)
    assert report.ready == ("a",)
    assert report.elapsed > DEADLINE
