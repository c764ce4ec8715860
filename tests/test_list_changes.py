"""Listing a fleet that changes between pages, and servers that never come to an end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.answers import success
from tests.fleet import Fleet, phone_ids
from tests.test_lists import each_way, listed

if TYPE_CHECKING:
    from koophone import Client
    from tests.scripted_server import Answer, Request, ScriptedServer


@each_way
@pytest.mark.parametrize("gone", [[0], [3, 4], [0, 55], [59], list(range(10))], ids=str)
@pytest.mark.parametrize("page_no", [1, 2, 5])
def test_nothing_that_stays_is_skipped_when_others_go_between_two_pages(
    client: Client, server: ScriptedServer, way: str, gone: list[int], page_no: int
) -> None:
    ids = phone_ids(60)
    fleet = Fleet(list(ids))

    def shrink(made: int) -> None:
        if made == page_no and len(fleet.ids) == 60:
            fleet.ids = [one for index, one in enumerate(ids) if index not in gone]

    fleet.after_page = shrink
    server.serve(fleet)
    given = listed(client, way, 10)
    assert len(given) == len(set(given))
    assert set(fleet.ids) <= set(given) <= set(ids)


@each_way
@pytest.mark.parametrize("page_no", [1, 3])
@pytest.mark.parametrize("count", [3, 10, 25])
def test_nothing_is_skipped_or_given_twice_when_others_come_between_two_pages(
    client: Client, server: ScriptedServer, way: str, page_no: int, count: int
) -> None:
    ids = phone_ids(40)
    fleet = Fleet(list(ids))

    def grow(made: int) -> None:
        if made == page_no and len(fleet.ids) == 40:
            fleet.ids = [*(f"new-{number}" for number in range(count)), *ids]

    fleet.after_page = grow
    server.serve(fleet)
    given = listed(client, way, 10)
    assert len(given) == len(set(given))
    assert set(ids) <= set(given)


@each_way
def test_a_fleet_that_never_rests_gives_nothing_twice_and_ends(
    client: Client, server: ScriptedServer, way: str
) -> None:
    fleet = Fleet(phone_ids(200))

    def churn(_made: int) -> None:
        if fleet.ids:
            fleet.ids.pop(0)

    fleet.after_page = churn
    server.serve(fleet)
    given = listed(client, way, 10)
    assert len(given) == len(set(given))
    assert len(server.requests) < 400


@each_way
@pytest.mark.parametrize("total", [None, 4, 1000])
def test_a_server_that_gives_the_same_page_for_good_comes_to_an_end(
    client: Client, server: ScriptedServer, way: str, total: int | None
) -> None:
    server.serve(success({"result": [{"instance_id": one} for one in ("a", "b")], "total_count": total}))
    assert listed(client, way, 2) == ["a", "b"]


@each_way
def test_a_total_that_is_never_reached_comes_to_an_end(client: Client, server: ScriptedServer, way: str) -> None:
    def script(request: Request) -> Answer:
        start = 10 * (int(request.query["page_no"]) - 1)
        rows = [{"instance_id": one} for one in phone_ids(25)[start : start + 10]]
        return success({"result": rows, "total_count": 99})

    server.serve(script)
    assert listed(client, way, 10) == phone_ids(25)


@each_way
def test_doubles_within_a_page_are_given_once(client: Client, server: ScriptedServer, way: str) -> None:
    server.serve(Fleet(["a", "b", "a", "c"]))
    assert listed(client, way) == ["a", "b", "c"]
