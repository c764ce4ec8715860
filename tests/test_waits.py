"""Waiting until instances are ready: every ID ends up as ready, failed or pending."""

from __future__ import annotations

import copy
import json
import pickle
from typing import TYPE_CHECKING, Any, cast

import pytest

from koophone import (
    AuthenticationError,
    InstancePreparation,
    InvalidRequestError,
    KooPhoneError,
    NotFoundError,
    PrepareFailedError,
    PrepareProgress,
    PrepareReport,
    PrepareStatus,
    ProgressStatus,
    WaitTimeoutError,
)
from tests.answers import closed, cut_json, failure, html, raw, stalled, success
from tests.fleet import phone_ids
from tests.preparation import PREPARE, PROGRESS, USER, Preparation

if TYPE_CHECKING:
    from collections.abc import Callable

    from koophone import Client
    from tests.scripted_server import Answer, Request, ScriptedServer

QUICK = {"user_id": USER, "poll_interval": 0.05}
each_wait = pytest.mark.parametrize("method", ["prepare_and_wait", "wait_until_ready"])


def wait(client: Client, method: str, ids: list[str], **options: Any) -> PrepareReport:
    """Waits with short intervals."""
    return cast("PrepareReport", getattr(client, method)(ids, **(QUICK | options)))


def report_of(error: type[KooPhoneError], call: Callable[[], Any]) -> PrepareReport:
    """The report on the error that the call ends with."""
    with pytest.raises(error) as caught:
        call()
    report = caught.value.report
    assert isinstance(report, PrepareReport)
    return report


@each_wait
def test_a_wait_ends_when_all_are_ready(client: Client, server: ScriptedServer, method: str) -> None:
    server.serve(Preparation(progress={"b": [1, 2, 0], "c": [3, 0]}))
    report = wait(client, method, ["a", "b", "c"])
    assert (sorted(report.ready), dict(report.failed), dict(report.pending)) == (["a", "b", "c"], {}, {})
    assert report.ok
    assert 0 < report.elapsed < 10
    assert {request.json["user_id"] for request in server.requests} == {USER}


@each_wait
def test_no_ids_need_no_wait(client: Client, server: ScriptedServer, method: str) -> None:
    report = wait(client, method, [])
    assert (report.ready, dict(report.failed), dict(report.pending), report.ok) == ((), {}, {}, True)
    assert server.requests == []


def test_wait_until_ready_prepares_nothing(client: Client, server: ScriptedServer) -> None:
    server.serve(Preparation())
    wait(client, "wait_until_ready", ["a", "b"])
    assert {request.path for request in server.requests} == {PROGRESS}


def test_an_id_given_twice_is_waited_for_once(client: Client, server: ScriptedServer) -> None:
    preparation = Preparation()
    server.serve(preparation)
    assert wait(client, "prepare_and_wait", ["a", "b", "a"]).ready in {("a", "b"), ("b", "a")}
    assert preparation.polls == {"a": 1, "b": 1}


def test_ready_in_the_answer_of_prepare_needs_no_poll(client: Client, server: ScriptedServer) -> None:
    preparation = Preparation(prepare={"a": 0, "c": 0})
    server.serve(preparation)
    assert sorted(wait(client, "prepare_and_wait", ["a", "b", "c"]).ready) == ["a", "b", "c"]
    assert preparation.polls == {"b": 1}


@pytest.mark.parametrize("status", [1, 2, 3, 4, 5, 6, 7, 8, 10, 42])
def test_every_other_state_in_the_answer_of_prepare_is_followed(
    client: Client, server: ScriptedServer, status: int
) -> None:
    server.serve(Preparation(prepare={"a": status}))
    assert wait(client, "prepare_and_wait", ["a"]).ready == ("a",)


@each_wait
@pytest.mark.parametrize("status", [1, 2, 3, 42, -2])
def test_every_other_state_of_progress_is_followed(
    client: Client, server: ScriptedServer, method: str, status: int
) -> None:
    server.serve(Preparation(progress={"a": [status, status, 0]}))
    assert wait(client, method, ["a"]).ready == ("a",)


def test_failures_do_not_stop_the_others(client: Client, server: ScriptedServer) -> None:
    preparation = Preparation({"a": 9}, {"b": [1, -1], "c": [1, 1, 1, 1, 0]})
    server.serve(preparation)
    report = report_of(PrepareFailedError, lambda: wait(client, "prepare_and_wait", ["a", "b", "c"]))
    failed = InstancePreparation(instance_id="a", status=PrepareStatus.EXPIRY_BACKUP_RESTORE_FAILED)
    assert report.failed["a"] == failed
    assert isinstance(report.failed["b"], PrepareProgress)
    assert report.failed["b"].status is ProgressStatus.FAILED
    assert (report.ready, dict(report.pending), report.ok) == (("c",), {}, False)
    assert preparation.polls == {"b": 2, "c": 5}


UNUSABLE = {
    "html": html(),
    "503": html(503),
    "9999": failure("KOOPHONE.API.9999"),
    "429": failure("APIGW.0308", status=429),
    "cut": cut_json(),
    "empty": raw(b""),
    "closed": closed(),
    "no-data": success(),
    "no-status": success({"waitingCount": 1}),
}


@each_wait
@pytest.mark.parametrize("answer", UNUSABLE.values(), ids=UNUSABLE)
def test_a_poll_without_a_usable_answer_is_asked_again(
    client: Client, server: ScriptedServer, method: str, answer: Answer
) -> None:
    server.serve(Preparation(progress={"a": [answer, 1, answer, answer, 0]}))
    assert wait(client, method, ["a"]).ready == ("a",)


def test_a_poll_that_times_out_is_asked_again(client: Client, server: ScriptedServer) -> None:
    server.serve(Preparation(progress={"a": [stalled(), 0]}))
    assert wait(client.with_options(timeout=0.3), "wait_until_ready", ["a"]).ready == ("a",)


@each_wait
def test_a_poll_that_the_service_refuses_fails_that_instance(
    client: Client, server: ScriptedServer, method: str
) -> None:
    preparation = Preparation(progress={"a": [1, failure("KOOPHONE.API.4001")], "b": [1, 1, 1, 0]})
    server.serve(preparation)
    report = report_of(PrepareFailedError, lambda: wait(client, method, ["a", "b"]))
    assert isinstance(report.failed["a"], NotFoundError)
    assert (set(report.failed), report.ready) == ({"a"}, ("b",))
    assert preparation.polls["a"] == 2


def test_a_rejected_chunk_of_prepare_fails_its_instances(client: Client, server: ScriptedServer) -> None:
    ids = phone_ids(250)
    preparation = Preparation(prepare=dict.fromkeys(ids[:99], 0))

    def script(request: Request) -> Answer:
        refused = request.path == PREPARE and request.json["instance_ids"][0] == "phone-00100"
        return failure("KOOPHONE.API.1000") if refused else preparation(request)

    server.serve(script)
    report = report_of(PrepareFailedError, lambda: wait(client, "prepare_and_wait", ids))
    assert sorted(report.failed) == ids[100:200]
    assert all(isinstance(one, InvalidRequestError) for one in report.failed.values())
    assert sorted(report.ready) == ids[:100] + ids[200:]
    assert set(preparation.polls) == {*ids[99:100], *ids[200:]}


@pytest.mark.parametrize(
    "answer", [closed(), html(503), cut_json(), success()], ids=["closed", "503", "cut", "no-data"]
)
def test_a_chunk_of_prepare_without_a_usable_answer_leaves_no_instance_out(
    client: Client, server: ScriptedServer, answer: Answer
) -> None:
    ids = phone_ids(150)
    preparation = Preparation()

    def script(request: Request) -> Answer:
        lost = request.path == PREPARE and request.json["instance_ids"][0] == "phone-00100"
        return answer if lost else preparation(request)

    server.serve(script)
    try:
        report = wait(client, "prepare_and_wait", ids)
    except PrepareFailedError as error:
        report = error.report
    assert sorted([*report.ready, *report.failed, *report.pending]) == ids
    assert set(ids[:100]) <= set(report.ready)


def test_an_authentication_error_of_a_poll_ends_the_wait_at_once(client: Client, server: ScriptedServer) -> None:
    denied = failure("APIGW.0301", status=401)
    server.serve(Preparation({"a": 0}, {"b": [-1], "c": [1, 1, 1, 1, denied], "d": [1]}))
    call = lambda: wait(client, "prepare_and_wait", ["a", "b", "c", "d"])  # noqa: E731 short
    report = report_of(AuthenticationError, call)
    assert (report.ready, set(report.failed)) == (("a",), {"b"})
    assert set(report.pending) == {"c", "d"}


def test_an_authentication_error_of_prepare_ends_the_wait_at_once(client: Client, server: ScriptedServer) -> None:
    server.serve(failure("APIGW.0301", status=401))
    report = report_of(AuthenticationError, lambda: wait(client, "prepare_and_wait", ["a", "b"]))
    assert report.ready == ()
    assert sorted([*report.failed, *report.pending]) == ["a", "b"]
    assert [request.path for request in server.requests] == [PREPARE]


def test_a_timeout_reports_who_is_where(client: Client, server: ScriptedServer) -> None:
    server.serve(Preparation({"a": 0}, {"b": [-1], "c": [1, 2], "d": [stalled()]}))
    call = lambda: wait(client, "prepare_and_wait", ["a", "b", "c", "d"], timeout=1)  # noqa: E731 short
    report = report_of(WaitTimeoutError, call)
    assert (report.ready, set(report.failed)) == (("a",), {"b"})
    assert report.pending["c"] == PrepareProgress(status=ProgressStatus.RESTORING_OR_OFFLINE, waiting_count=0)
    assert report.pending["d"] is None
    assert not report.ok
    assert 1 <= report.elapsed < 5


def test_a_timeout_is_a_timeout_error(client: Client, server: ScriptedServer) -> None:
    server.serve(Preparation(progress={"a": [1]}))
    with pytest.raises(TimeoutError):
        wait(client, "wait_until_ready", ["a"], timeout=0.2)


def test_the_timeout_bounds_prepare_too(client: Client, server: ScriptedServer) -> None:
    server.serve(stalled())
    report = report_of(WaitTimeoutError, lambda: wait(client, "prepare_and_wait", ["a", "b"], timeout=0.3))
    assert dict(report.pending) == {"a": None, "b": None}
    assert server.requests[0].gone.wait(10)


def test_instances_that_were_never_polled_are_pending_without_progress(client: Client, server: ScriptedServer) -> None:
    server.serve(Preparation())
    call = lambda: wait(client, "prepare_and_wait", ["a"], timeout=0.3, poll_interval=60)  # noqa: E731 short
    report = report_of(WaitTimeoutError, call)
    assert dict(report.pending) == {"a": None}


def test_reports_are_ready_for_json_and_survive_copies_and_pickles(client: Client, server: ScriptedServer) -> None:
    polls: dict[str, list[int | Answer]] = {"b": [-1], "c": [1], "d": [failure("KOOPHONE.API.4001")]}
    server.serve(Preparation({"a": 0, "e": 9}, polls))
    with pytest.raises(WaitTimeoutError) as caught:
        wait(client, "prepare_and_wait", list("abcde"), timeout=1)
    report = caught.value.report
    written = json.loads(json.dumps(report.to_dict()))
    assert set(written) >= {"ready", "failed", "pending", "elapsed"}
    assert (written["ready"], set(written["failed"]), set(written["pending"])) == (["a"], {"b", "d", "e"}, {"c"})
    for twin in (copy.deepcopy(caught.value), pickle.loads(pickle.dumps(caught.value))):
        assert type(twin) is WaitTimeoutError
        assert str(twin) == str(caught.value)
        assert (twin.report.ready, dict(twin.report.pending)) == (report.ready, dict(report.pending))
        assert set(twin.report.failed) == set(report.failed)


def test_the_text_of_a_wait_error_tells_how_many_are_where(client: Client, server: ScriptedServer) -> None:
    server.serve(Preparation(progress={one: [-1] for one in phone_ids(30)}))
    with pytest.raises(PrepareFailedError, match="30") as caught:
        wait(client, "wait_until_ready", phone_ids(37))
    assert len(str(caught.value)) < 2000
