"""What the operations put on the wire."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Any

import pytest

from tests.answers import success
from tests.face import TOKEN, Face
from tests.fleet import Fleet, phone_ids
from tests.operations import LIST, OPERATIONS, Operation, each_operation
from tests.preparation import USER, Preparation

if TYPE_CHECKING:
    from koophone import Client
    from tests.scripted_server import Request, ScriptedServer


class SummerTime(tzinfo):
    """A zone whose offset depends on the date."""

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """Two hours from April to September, one hour otherwise."""
        return timedelta(hours=2 if moment and 4 <= moment.month <= 9 else 1)

    def dst(self, moment: datetime | None) -> timedelta:
        """The hour of summer."""
        return self.utcoffset(moment) - timedelta(hours=1)

    def tzname(self, _moment: datetime | None) -> str:
        """Some name."""
        return "Test"


def sent_by(client: Client, server: ScriptedServer, operation: Operation) -> Request:
    """The one request of an operation that succeeds."""
    server.serve(success(operation.data))
    operation.call(client)
    (request,) = server.requests
    return request


def listed_with(client: Client, server: ScriptedServer, **filters: Any) -> dict[str, str]:
    """The query of a list with these filters, but for what every list sends."""
    server.serve(Fleet([]))
    assert list(client.list_instances(**filters)) == []
    (request,) = server.requests
    query = request.query
    del query["x-request-id"], query["page_no"], query["page_size"]
    return query


@each_operation
def test_method_and_path_are_the_documented_ones(client: Client, server: ScriptedServer, operation: Operation) -> None:
    request = sent_by(client, server, operation)
    assert (request.method, request.path) == (operation.method, operation.path)


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one.body], ids=lambda one: one.name)
def test_body_is_the_documented_json_and_nothing_else(
    client: Client, server: ScriptedServer, operation: Operation
) -> None:
    request = sent_by(client, server, operation)
    assert request.json == operation.body
    assert (request.header("content-type") or "").startswith("application/json")
    assert request.header("content-length") == str(len(request.body))
    assert request.query == {}


@each_operation
def test_token_and_request_id_are_headers_of_every_request(
    client: Client, server: ScriptedServer, operation: Operation
) -> None:
    request = sent_by(client, server, operation)
    assert request.header("x-auth-token") == TOKEN
    assert request.header("x-request-id")
    assert request.header("host") == f"127.0.0.1:{server.port}"
    assert TOKEN not in request.target


def test_list_sends_paging_and_its_request_id_in_the_query_and_no_body(client: Client, server: ScriptedServer) -> None:
    request = sent_by(client, server, LIST)
    request_id = request.header("x-request-id")
    assert request.query == {"x-request-id": request_id, "page_no": "1", "page_size": "200"}
    assert request.body == b""


def test_list_sends_every_filter_under_its_documented_name(client: Client, server: ScriptedServer) -> None:
    filters = {
        "instance_id": "a44uhlf7",
        "instance_name": "büro & co +1",
        "pool_scene_tag": "CLOUD_PHONE",
        "pool_name": "north",
        "order": "desc",
        "order_by": "instance_name",
    }
    assert listed_with(client, server, **filters) == filters


def test_filters_left_out_or_none_are_not_sent(client: Client, server: ScriptedServer) -> None:
    nothing = dict.fromkeys(
        ["instance_id", "instance_name", "start_time", "end_time", "pool_scene_tag", "pool_name", "order", "order_by"]
    )
    assert listed_with(client, server, **nothing) == {}


@pytest.mark.parametrize("page_size", [1, 200])
def test_page_size_is_sent_as_asked(client: Client, server: ScriptedServer, page_size: int) -> None:
    server.serve(Fleet([]))
    list(client.list_instances(page_size=page_size))
    assert server.requests[0].query["page_size"] == str(page_size)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 1, 1, 8, 0, 5, tzinfo=timezone(timedelta(hours=8))), "2026-01-01 00:00:05"),
        (datetime(2025, 12, 31, 20, 30, tzinfo=timezone(timedelta(hours=-3, minutes=-30))), "2026-01-01 00:00:00"),
        (datetime(2026, 7, 1, 2, 0, 5, tzinfo=SummerTime()), "2026-07-01 00:00:05"),
        (datetime(2026, 1, 1, 0, 0, 5, tzinfo=UTC), "2026-01-01 00:00:05"),
        (datetime(2026, 1, 1, 0, 0, 5), "2026-01-01 00:00:05"),  # noqa: DTZ001 naive is what it is about
    ],
    ids=["east", "west", "summer", "utc", "naive"],
)
def test_times_are_sent_in_utc(client: Client, server: ScriptedServer, moment: datetime, text: str) -> None:
    sent = listed_with(client, server, start_time=moment, end_time=moment)
    assert sent == {"query_start_time": text, "query_end_time": text}


def test_any_iterable_of_ids_will_do(client: Client, server: ScriptedServer) -> None:
    server.serve(success())
    for ids in (["b", "a"], ("b", "a"), (one for one in "ba"), {"b": 1, "a": 2}, {"b": 1, "a": 2}.keys()):
        client.delete_instances(ids)
    assert [request.json for request in server.requests] == [{"instanceIdList": ["b", "a"]}] * 5


@pytest.mark.parametrize("instance_id", ["a", "x" * 32, "a/b?c=d&e", 'quote"d\\'])
def test_an_id_travels_unchanged(client: Client, server: ScriptedServer, instance_id: str) -> None:
    server.serve(Preparation())
    client.get_prepare_progress(instance_id, user_id=USER)
    server.serve(Fleet([instance_id]))
    assert client.get_instance(instance_id).instance_id == instance_id
    progress, listing = server.requests
    assert progress.json["instance_id"] == instance_id
    assert listing.query["instance_id"] == instance_id


def test_default_headers_go_with_every_request(face: Face, server: ScriptedServer) -> None:
    client = face.client(server.endpoint, default_headers={"X-Team": "fleet", "x-empty": ""})
    for operation in OPERATIONS:
        server.serve(success(operation.data))
        operation.call(client)
    assert [(one.header("x-team"), one.header("x-empty")) for one in server.requests] == [("fleet", "")] * 5


def test_with_options_changes_headers_of_the_copy_only(client: Client, server: ScriptedServer) -> None:
    server.serve(success())
    client.with_options(default_headers={"x-team": "copy"}).delete_instances(["a"])
    client.delete_instances(["a"])
    assert [one.header("x-team") for one in server.requests] == ["copy", None]


@pytest.mark.parametrize("ending", ["", "/"])
def test_a_path_prefix_of_the_endpoint_is_kept(face: Face, server: ScriptedServer, ending: str) -> None:
    client = face.client(f"{server.endpoint}/openapi/koophone{ending}")
    for operation in OPERATIONS:
        server.serve(success(operation.data))
        operation.call(client)
    assert [one.path for one in server.requests] == [f"/openapi/koophone{one.path}" for one in OPERATIONS]


def test_each_request_of_a_batch_has_a_request_id_of_its_own(client: Client, server: ScriptedServer) -> None:
    server.serve(success())
    client.delete_instances(phone_ids(250))
    assert len({one.header("x-request-id") for one in server.requests}) == 3


def test_each_page_of_a_list_has_a_request_id_of_its_own(client: Client, server: ScriptedServer) -> None:
    server.serve(Fleet(phone_ids(5)))
    list(client.list_instances(page_size=2))
    assert len({one.query["x-request-id"] for one in server.requests}) == len(server.requests) == 3
    assert all(one.query["x-request-id"] == one.header("x-request-id") for one in server.requests)


def test_connections_are_kept_for_the_next_request(client: Client, server: ScriptedServer) -> None:
    server.serve(success())
    for _ in range(5):
        client.delete_instances(["a"])
    assert server.accepted == 1
