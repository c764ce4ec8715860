"""Batches of any size: how they are split, what is sent, and where each ID ends up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from koophone import ApiError, BatchError, ConnectError, DecodeError, KooPhoneError, RequestTimeoutError, TransportError
from tests.answers import closed, closed_in_body, cut_json, failure, html, raw, redirect, stalled, success
from tests.fleet import phone_ids
from tests.preparation import USER, Preparation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from koophone import BatchResult, Client
    from tests.face import Face
    from tests.scripted_server import Answer, Request, Script, ScriptedServer

KEYS = {"/v1/instances/delete": "instanceIdList"}


def ids_in(request: Request) -> list[str]:
    """The IDs that a request carries."""
    ids: list[str] = request.json[KEYS.get(request.path, "instance_ids")]
    return ids


def by_first_id(answers: Mapping[str, Answer]) -> Script:
    """Success, but for requests that begin with one of these IDs."""
    return lambda request: answers.get(ids_in(request)[0], success())


def collecting(client: Client) -> Client:
    """A copy whose batches return their failures."""
    return client.with_options(on_failure="collect")


def outcomes(result: BatchResult[Any]) -> dict[str, list[str]]:
    """The IDs by where they ended up: succeeded or an outcome."""
    found: dict[str, list[str]] = {"succeeded": list(result.succeeded)}
    for failure_ in result.failures:
        found.setdefault(failure_.outcome, []).extend(failure_.instance_ids)
    return {where: sorted(ids) for where, ids in found.items() if ids}


@pytest.mark.parametrize(("count", "sizes"), [(1, [1]), (100, [100]), (101, [100, 1]), (2350, [100] * 23 + [50])])
def test_a_batch_is_split_at_100_and_keeps_its_order(
    client: Client, server: ScriptedServer, count: int, sizes: list[int]
) -> None:
    server.serve(success())
    ids = phone_ids(count)[::-1]
    for call in (client.reset_instances, client.delete_instances):
        server.requests.clear()
        assert list(call(ids)) == ids
        chunks = sorted((ids_in(request) for request in server.requests), reverse=True)
        assert [len(chunk) for chunk in chunks] == sizes
        assert [one for chunk in chunks for one in chunk] == ids


def test_prepare_is_split_too_and_each_request_names_the_user(client: Client, server: ScriptedServer) -> None:
    server.serve(Preparation())
    assert list(client.prepare_instances(phone_ids(250), user_id=USER)) == phone_ids(250)
    assert [request.json["user_id"] for request in server.requests] == [USER] * 3


def test_of_2350_ids_exactly_the_300_of_three_failed_requests_are_named_with_why_and_whether_it_may_have_acted(
    client: Client, server: ScriptedServer
) -> None:
    wrong = {"phone-00300": failure("KOOPHONE.API.1001"), "phone-00900": closed(), "phone-02000": cut_json()}
    server.serve(by_first_id(wrong))
    with pytest.raises(BatchError) as caught:
        client.reset_instances(phone_ids(2350))
    result = caught.value.result
    ids = phone_ids(2350)
    assert [(list(one.instance_ids), type(one.error).__name__, one.outcome) for one in result.failures] == [
        (ids[300:400], "PermissionDeniedError", "rejected"),
        (ids[900:1000], "TransportError", "unknown"),
        (ids[2000:2100], "DecodeError", "unknown"),
    ]
    assert list(result.succeeded) == ids[:300] + ids[400:900] + ids[1000:2000] + ids[2100:]
    assert len(server.requests) == 24


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (failure("KOOPHONE.API.5001"), "rejected"),
        (failure("KOOPHONE.API.1000", status=500), "rejected"),
        (failure("KOOPHONE.API.7777"), "rejected"),
        (failure("APIGW.0302", status=403), "rejected"),
        (failure("APIGW.0308", status=429), "rejected"),
        (html(404), "rejected"),
        (html(503), "unknown"),
        (failure("APIGW.0203", status=504), "unknown"),
        (failure("KOOPHONE.API.9999"), "unknown"),
        (failure("KOOPHONE.API.9999", status=400), "unknown"),
        (closed(), "unknown"),
        (closed_in_body(), "unknown"),
        (html(), "unknown"),
        (raw(b""), "unknown"),
    ],
)
@pytest.mark.parametrize("count", [2, 102])
def test_what_an_answer_tells_about_the_ids_of_its_request(
    client: Client, server: ScriptedServer, answer: Answer, outcome: str, count: int
) -> None:
    server.serve(by_first_id({"phone-00000": answer}))
    result = collecting(client).delete_instances(phone_ids(count))
    first = phone_ids(count)[:100]
    assert outcomes(result) == {outcome: first} | ({"succeeded": phone_ids(count)[100:]} if count > 100 else {})


def test_a_redirected_request_is_not_a_success(client: Client, server: ScriptedServer) -> None:
    server.serve(redirect("https://elsewhere.example/"))
    assert list(collecting(client).delete_instances(["a"]).succeeded) == []


@pytest.mark.parametrize("count", [3, 250])
def test_requests_that_never_left_are_not_sent(face: Face, server: ScriptedServer, count: int) -> None:
    client = face.client(server.endpoint)
    server.close_port()
    result = collecting(client).delete_instances(phone_ids(count))
    assert outcomes(result) == {"not_sent": phone_ids(count)}
    assert all(isinstance(one.error, ConnectError) for one in result.failures)


def test_an_id_that_comes_twice_is_sent_once(client: Client, server: ScriptedServer) -> None:
    server.serve(success())
    ids = phone_ids(60)
    assert list(client.delete_instances([*ids, *ids[::-1], *ids])) == ids
    (request,) = server.requests
    assert ids_in(request) == ids


@pytest.mark.parametrize("nothing", [[], (), iter(()), {}])
def test_no_ids_send_nothing(client: Client, server: ScriptedServer, nothing: Iterable[str]) -> None:
    for result in (
        client.delete_instances(nothing),
        client.reset_instances([]),
        client.prepare_instances([], user_id=USER),
    ):
        assert (len(result), result.ok, result.succeeded, result.failures) == (0, True, (), ())
    assert server.requests == []


@pytest.mark.parametrize("at_once", [1, 4])
def test_at_most_max_concurrency_requests_are_in_flight(face: Face, server: ScriptedServer, at_once: int) -> None:
    async def script(_request: Request) -> Answer:
        await server.until(lambda: server.in_flight == at_once or len(server.requests) == 24)
        return success()

    server.serve(script)
    client = face.client(server.endpoint, max_concurrency=at_once)
    assert client.delete_instances(phone_ids(2350)).ok
    assert server.most_in_flight == at_once


@pytest.mark.parametrize(
    "answer", [failure("KOOPHONE.API.4001"), closed(), cut_json(), failure("APIGW.0301", status=401)],
    ids=["api", "transport", "decode", "authentication"],
)  # fmt: skip
def test_a_batch_of_one_request_raises_the_requests_own_error_with_the_result(
    client: Client, server: ScriptedServer, answer: Answer
) -> None:
    server.serve(answer)
    with pytest.raises(KooPhoneError) as caught:
        client.delete_instances(["b", "a"])
    assert isinstance(caught.value, ApiError | TransportError | DecodeError)
    (failed,) = caught.value.result.failures
    assert (failed.instance_ids, type(failed.error)) == (("b", "a"), type(caught.value))


def test_a_copy_can_raise_again(client: Client, server: ScriptedServer) -> None:
    server.serve(failure("KOOPHONE.API.4001"))
    assert not collecting(client).delete_instances(["a"]).ok
    with pytest.raises(ApiError):
        collecting(client).with_options(on_failure="raise").delete_instances(["a"])


@pytest.mark.parametrize("status", [401, 200])
def test_an_authentication_error_stops_a_batch(face: Face, server: ScriptedServer, status: int) -> None:
    server.serve(by_first_id({"phone-00100": failure("APIGW.0301", status=status)}))
    client = collecting(face.client(server.endpoint, max_concurrency=1))
    result = client.delete_instances(phone_ids(450))
    ids = phone_ids(450)
    assert outcomes(result) == {"succeeded": ids[:100], "rejected": ids[100:200], "not_sent": ids[200:]}
    assert len(server.requests) == 2


def test_a_deadline_leaves_each_id_in_its_place(face: Face, server: ScriptedServer) -> None:
    held = stalled()
    server.serve(by_first_id({"phone-00100": held, "phone-00200": held}))
    client = face.client(server.endpoint, max_concurrency=2, deadline=1)
    with pytest.raises(BatchError) as caught:
        client.delete_instances(phone_ids(350))
    result = caught.value.result
    ids = phone_ids(350)
    assert outcomes(result) == {"succeeded": ids[:100], "unknown": ids[100:300], "not_sent": ids[300:]}
    assert all(isinstance(one.error, RequestTimeoutError) for one in result.failures)
    sent = {one.outcome: one.error.sent for one in result.failures if isinstance(one.error, TransportError)}
    assert sent == {"unknown": True, "not_sent": False}


def test_a_deadline_of_a_single_request_has_the_result(face: Face, server: ScriptedServer) -> None:
    server.serve(stalled())
    with pytest.raises(RequestTimeoutError) as caught:
        face.client(server.endpoint, deadline=0.3).delete_instances(["a"])
    assert outcomes(caught.value.result) == {"unknown": ["a"]}
