"""Answers as the service gives them, and answers that are no answers: never an empty success."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from koophone import ApiError, DecodeError, Job
from tests.answers import ABSENT, cut_json, failure, html, plain_json, raw, redirect, success, too_large
from tests.operations import LIST, PREPARE, PROGRESS, RESET, Operation, each_operation

if TYPE_CHECKING:
    from koophone import Client
    from tests.scripted_server import Answer, ScriptedServer

NO_ANSWERS = {
    "html": html(),
    "empty": raw(b""),
    "no-content": raw(b"", 204),
    "multiple-choices": raw(b"", 300),
    "not-modified": raw(b"", 304),
    "cut": cut_json(),
    "not-utf8": raw(b'{"error_code": "0", "error_msg": "\xff\xfe", "data": null}'),
    "two-values": raw(b'{"error_code": "0"} {"error_code": "0"}'),
    "too-deep": raw(b"[" * 100_000 + b"]" * 100_000),
    "list": plain_json([]),
    "text": plain_json("ok"),
    "null": plain_json(None),
    "number": plain_json(0),
    "no-error-code": plain_json({}),
    "error-code-is-an-object": failure({"code": "0"}),
    "error-code-is-null": failure(None),
}


@each_operation
@pytest.mark.parametrize("answer", NO_ANSWERS.values(), ids=NO_ANSWERS)
def test_what_is_no_envelope_is_an_error_that_names_the_operation(
    client: Client, server: ScriptedServer, operation: Operation, answer: Answer
) -> None:
    server.serve(answer)
    with pytest.raises(DecodeError) as caught:
        operation.call(client)
    assert operation.is_named_in(str(caught.value))


@each_operation
@pytest.mark.parametrize("announced", [True, False], ids=["announced", "chunked"])
def test_a_body_above_64_mib_is_refused(
    client: Client, server: ScriptedServer, operation: Operation, announced: bool
) -> None:
    server.serve(too_large(announced=announced))
    with pytest.raises(DecodeError) as caught:
        operation.call(client)
    assert operation.is_named_in(str(caught.value))
    assert server.requests[0].gone.wait(10)


def test_a_large_body_below_the_limit_is_read(client: Client, server: ScriptedServer) -> None:
    server.serve(success(None, padding="x" * 8_000_000))
    assert client.delete_instances(["a"]).ok


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_refused_and_its_target_named(client: Client, server: ScriptedServer, status: int) -> None:
    for operation in (LIST, RESET):
        server.serve(redirect("http://127.0.0.1:9/elsewhere", status))
        with pytest.raises(DecodeError, match=r"127\.0\.0\.1:9/elsewhere") as caught:
            operation.call(client)
        assert operation.is_named_in(str(caught.value))
    assert len(server.requests) == 2


@each_operation
def test_a_redirect_to_itself_is_not_followed(client: Client, server: ScriptedServer, operation: Operation) -> None:
    server.serve(redirect(operation.path))
    with pytest.raises(DecodeError):
        operation.call(client)
    assert len(server.requests) == 1


@each_operation
@pytest.mark.parametrize("zero", ["0", 0], ids=["text", "number"])
def test_error_code_0_is_success_as_text_and_as_number(
    client: Client, server: ScriptedServer, operation: Operation, zero: Any
) -> None:
    server.serve(plain_json({"error_code": zero, "error_msg": None, "data": operation.data}))
    operation.call(client)
    assert len(server.requests) == 1


@each_operation
@pytest.mark.parametrize("status", [200, 400, 500])
@pytest.mark.parametrize(
    "data", [ABSENT, None, {}, {"result": [], "total_count": 0}], ids=["absent", "null", "{}", "rows"]
)
def test_an_error_code_is_an_error_whatever_the_status_and_the_data(
    client: Client, server: ScriptedServer, operation: Operation, status: int, data: Any
) -> None:
    server.serve(failure("KOOPHONE.API.1000", status=status, **({} if data is ABSENT else {"data": data})))
    with pytest.raises(ApiError) as caught:
        operation.call(client)
    assert (caught.value.code, caught.value.status) == ("KOOPHONE.API.1000", status)


@each_operation
def test_an_error_code_that_is_a_number_is_an_error(
    client: Client, server: ScriptedServer, operation: Operation
) -> None:
    server.serve(failure(1000))
    with pytest.raises(ApiError):
        operation.call(client)


def test_an_error_code_inside_the_data_of_a_list_is_an_error(client: Client, server: ScriptedServer) -> None:
    server.serve(plain_json({"data": {"result": [], "error_code": "KOOPHONE.API.1004", "error_msg": "not subscribed"}}))
    with pytest.raises(ApiError) as caught:
        list(client.list_instances())
    assert (caught.value.code, caught.value.message) == ("KOOPHONE.API.1004", "not subscribed")


def test_an_error_code_0_inside_the_data_of_a_list_is_success(client: Client, server: ScriptedServer) -> None:
    rows = [{"instance_id": "a"}]
    server.serve(plain_json({"data": {"result": rows, "total_count": 1, "error_code": "0", "error_msg": "OK"}}))
    assert [phone.instance_id for phone in client.list_instances()] == ["a"]


@pytest.mark.parametrize("data", [ABSENT, None], ids=["absent", "null"])
def test_reset_without_data_gives_jobs_without_ids(client: Client, server: ScriptedServer, data: Any) -> None:
    server.serve(success(data))
    jobs = {one: Job(instance_id=one, job_id=None, task_id=None) for one in ["a44uhlf7", "efjy72gs"]}
    assert dict(RESET.call(client)) == jobs


def test_reset_with_jobs_gives_them_by_instance(client: Client, server: ScriptedServer) -> None:
    rows = [{"instance_id": "efjy72gs", "job_id": "j2"}, {"instance_id": "a44uhlf7", "job_id": "j1"}]
    server.serve(success({"task_id": "RM_6837531fd3f54550927b930180a706bf", "cmd_jobs": rows}))
    result = RESET.call(client)
    task_id = "RM_6837531fd3f54550927b930180a706bf"
    assert list(result.items()) == [
        ("a44uhlf7", Job(instance_id="a44uhlf7", job_id="j1", task_id=task_id)),
        ("efjy72gs", Job(instance_id="efjy72gs", job_id="j2", task_id=task_id)),
    ]


@pytest.mark.parametrize("data", [ABSENT, None, ""], ids=["absent", "null", "text"])
def test_delete_succeeds_with_any_documented_data(client: Client, server: ScriptedServer, data: Any) -> None:
    server.serve(success(data))
    assert dict(client.delete_instances(["b", "a"])) == {"b": None, "a": None}


@pytest.mark.parametrize("operation", [PREPARE, PROGRESS], ids=lambda one: one.name)
@pytest.mark.parametrize("data", [ABSENT, None], ids=["absent", "null"])
def test_missing_data_is_an_error_where_data_is_the_answer(
    client: Client, server: ScriptedServer, operation: Operation, data: Any
) -> None:
    server.serve(success(data))
    with pytest.raises(DecodeError) as caught:
        operation.call(client)
    assert operation.is_named_in(str(caught.value))


def test_the_client_works_on_after_answers_that_are_none(client: Client, server: ScriptedServer) -> None:
    for answer in NO_ANSWERS.values():
        server.serve(answer)
        with pytest.raises(DecodeError):
            client.delete_instances(["a"])
    server.serve(success())
    assert client.delete_instances(["a"]).ok
