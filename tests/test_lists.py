"""Listing a fleet that stands still, in every shape of the paging fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import pytest

from koophone import ApiError, AuthenticationError, DecodeError, NotFoundError
from tests.answers import ABSENT, failure, success
from tests.fleet import Fleet, phone_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from koophone import Client, Instance
    from tests.scripted_server import Answer, Request, ScriptedServer

WAYS: dict[str, Callable[[Client, int], Iterable[Instance]]] = {
    "iterate": lambda client, size: client.list_instances(page_size=size),
    "collect": lambda client, size: client.list_instances(page_size=size).collect(),
    "pages": lambda client, size: [one for page in client.list_instances(page_size=size).pages() for one in page.items],
}
NOTHINGS = {"absent": ABSENT, "null": None, "empty": {}, "null-rows": {"result": None}, "no-rows": {"result": []}}
each_way = pytest.mark.parametrize("way", WAYS)
each_place = pytest.mark.parametrize("fields", ["inside", "beside", "both"])


def listed(client: Client, way: str, page_size: int = 200) -> list[str]:
    """The IDs of a whole listing."""
    return [instance.instance_id for instance in WAYS[way](client, page_size)]


@each_way
@each_place
@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 95])
def test_every_instance_is_given_once_in_the_services_order(
    client: Client, server: ScriptedServer, way: str, fields: Literal["inside", "beside", "both"], count: int
) -> None:
    ids = phone_ids(count)[::-1]
    server.serve(Fleet(ids, fields=fields))
    assert listed(client, way, 10) == ids


@each_way
def test_no_page_beyond_the_total_is_asked_for(client: Client, server: ScriptedServer, way: str) -> None:
    server.serve(Fleet(phone_ids(30)))
    assert listed(client, way, 10) == phone_ids(30)
    assert sorted(request.query["page_no"] for request in server.requests) == ["1", "2", "3"]


@each_way
@each_place
@pytest.mark.parametrize("count", [0, 1, 20, 25])
def test_without_a_total_an_empty_page_ends_the_list(
    client: Client, server: ScriptedServer, way: str, fields: Literal["inside", "beside", "both"], count: int
) -> None:
    server.serve(Fleet(phone_ids(count), fields=fields, with_total=False))
    assert listed(client, way, 10) == phone_ids(count)


@each_way
@pytest.mark.parametrize("skips_by", ["asked", "given"])
@pytest.mark.parametrize("count", [100, 101, 450])
def test_smaller_pages_than_asked_skip_nothing(
    client: Client, server: ScriptedServer, way: str, skips_by: Literal["asked", "given"], count: int
) -> None:
    server.serve(Fleet(phone_ids(count), cap=100, skips_by=skips_by))
    assert listed(client, way, 200) == phone_ids(count)
    asked = [request.query["page_size"] for request in server.requests]
    assert (asked[0], set(asked[1:])) == ("200", {"100"} if count > 100 else set())


@each_way
def test_smaller_pages_without_a_total_skip_nothing(client: Client, server: ScriptedServer, way: str) -> None:
    server.serve(Fleet(phone_ids(250), cap=100, with_total=False))
    assert listed(client, way, 200) == phone_ids(250)


@each_way
def test_page_fields_as_text_are_numbers_all_the_same(client: Client, server: ScriptedServer, way: str) -> None:
    def script(request: Request) -> Answer:
        row = {"instance_id": f"phone-{request.query['page_no']}"}
        return success({"result": [row], "page_no": request.query["page_no"], "page_size": "1", "total_count": "3"})

    server.serve(script)
    assert listed(client, way, 1) == ["phone-1", "phone-2", "phone-3"]


@each_way
def test_the_top_level_wins_where_both_places_differ(client: Client, server: ScriptedServer, way: str) -> None:
    def script(request: Request) -> Answer:
        rows = [{"instance_id": f"phone-{request.query['page_no']}"}]
        return success({"result": rows, "total_count": 1}, total_count=2)

    server.serve(script)
    assert listed(client, way, 1) == ["phone-1", "phone-2"]


@each_way
@pytest.mark.parametrize("total", [ABSENT, None, 0, "0"], ids=["absent", "null", "0", "text"])
@pytest.mark.parametrize("data", NOTHINGS.values(), ids=NOTHINGS)
def test_nothing_with_a_total_of_nothing_is_an_empty_list(
    client: Client, server: ScriptedServer, way: str, data: Any, total: Any
) -> None:
    server.serve(success(data, **({} if total is ABSENT else {"total_count": total})))
    assert listed(client, way) == []
    assert len(server.requests) == 1


@each_way
@pytest.mark.parametrize("data", NOTHINGS.values(), ids=NOTHINGS)
def test_nothing_with_a_larger_total_is_an_error(client: Client, server: ScriptedServer, way: str, data: Any) -> None:
    server.serve(success(data, total_count=5))
    with pytest.raises(DecodeError, match=r"ListInstances|list_instances"):
        listed(client, way)


@each_way
@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (failure("KOOPHONE.API.9999"), ApiError),
        (failure("APIGW.0301", status=401), AuthenticationError),
        (success([]), DecodeError),
    ],
    ids=["9999", "401", "shape"],
)
def test_an_error_on_a_later_page_is_no_end_of_the_list(
    client: Client, server: ScriptedServer, way: str, answer: Answer, error: type[Exception]
) -> None:
    fleet = Fleet(phone_ids(30))
    server.serve(lambda request: answer if request.query["page_no"] == "3" else fleet(request))
    with pytest.raises(error):
        listed(client, way, 10)


def test_what_came_before_an_error_has_been_given(client: Client, server: ScriptedServer) -> None:
    fleet = Fleet(phone_ids(30))
    server.serve(lambda request: failure("KOOPHONE.API.1000") if request.query["page_no"] == "3" else fleet(request))
    given: list[str] = []
    with pytest.raises(ApiError):
        given.extend(one.instance_id for one in client.list_instances(page_size=10))
    assert given == phone_ids(20)


def test_pages_know_where_they_stand(client: Client, server: ScriptedServer) -> None:
    server.serve(Fleet(phone_ids(25)))
    pages = list(client.list_instances(page_size=10).pages())
    assert [(page.page_no, page.page_size, page.total_count) for page in pages] == [
        (1, 10, 25),
        (2, 10, 25),
        (3, 10, 25),
    ]
    assert [[one.instance_id for one in page.items] for page in pages] == [
        phone_ids(25)[:10],
        phone_ids(25)[10:20],
        phone_ids(25)[20:],
    ]


def test_the_total_is_known_after_the_first_page(client: Client, server: ScriptedServer) -> None:
    server.serve(Fleet(phone_ids(25)))
    pager = client.list_instances(page_size=10)
    next(iter(pager))
    assert pager.total_count == 25


def test_get_instance_gives_the_one_that_is_exactly_equal(client: Client, server: ScriptedServer) -> None:
    server.serve(Fleet(["Phone-1", "phone-10", "phone-1", "phone-11"]))
    assert client.get_instance("phone-1").instance_id == "phone-1"
    assert server.requests[0].query["instance_id"] == "phone-1"


@pytest.mark.parametrize("others", [[], ["phone-10", "PHONE-1", "xphone-1"]], ids=["none", "similar"])
def test_get_instance_of_an_unknown_id_is_not_found(client: Client, server: ScriptedServer, others: list[str]) -> None:
    server.serve(Fleet(others))
    with pytest.raises(NotFoundError, match="phone-1") as caught:
        client.get_instance("phone-1")
    request_id = server.requests[0].header("x-request-id")
    assert (caught.value.code, caught.value.status, caught.value.request_id) == (None, 200, request_id)
