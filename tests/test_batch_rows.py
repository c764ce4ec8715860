"""Answers with a row for each instance: rows left out, foreign rows, doubled rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from koophone import DecodeError, InstancePreparation, Job, PrepareStatus
from tests.answers import success
from tests.preparation import USER
from tests.test_batches import collecting, outcomes

if TYPE_CHECKING:
    from koophone import Client
    from tests.scripted_server import ScriptedServer


Call = Callable[["Client", list[str]], Any]
Rows = Callable[..., dict[str, Any]]
Value = Callable[[str, int], Any]


def prepared(*rows: tuple[str, int]) -> dict[str, Any]:
    """Data of prepare."""
    return {"status_list": [{"instance_id": one, "status": status} for one, status in rows]}


def jobs(*rows: tuple[str, int]) -> dict[str, Any]:
    """Data of reset."""
    return {"task_id": "RM_1", "cmd_jobs": [{"instance_id": one, "job_id": str(job)} for one, job in rows]}


def preparation(instance_id: str, number: int) -> InstancePreparation:
    """What a row of prepare becomes."""
    return InstancePreparation(instance_id=instance_id, status=PrepareStatus(number))


def job(instance_id: str, number: int) -> Job:
    """What a row of reset becomes."""
    return Job(instance_id=instance_id, job_id=str(number), task_id="RM_1")


PREPARE = (lambda client, ids: client.prepare_instances(ids, user_id=USER), prepared, preparation)
RESET = (lambda client, ids: client.reset_instances(ids), jobs, job)
with_rows = pytest.mark.parametrize(("call", "rows", "value"), [PREPARE, RESET], ids=["prepare", "reset"])


@with_rows
def test_rows_come_in_the_callers_order(
    client: Client,
    server: ScriptedServer,
    call: Call,
    rows: Rows,
    value: Value,
) -> None:
    server.serve(success(rows(("c", 3), ("a", 1), ("b", 2))))
    assert list(call(client, ["a", "b", "c"]).items()) == [
        ("a", value("a", 1)),
        ("b", value("b", 2)),
        ("c", value("c", 3)),
    ]


@with_rows
@pytest.mark.parametrize("present", [[("b", 2)], []], ids=["some", "none"])
def test_an_id_without_a_row_is_a_failure_that_may_have_been_carried_out(
    client: Client,
    server: ScriptedServer,
    call: Call,
    rows: Rows,
    value: Value,
    present: list[tuple[str, int]],
) -> None:
    server.serve(success(rows(*present)))
    result = call(collecting(client), ["a", "b", "c"])
    left_out = [one for one in ["a", "b", "c"] if one not in dict(present)]
    assert dict(result) == {one: value(one, number) for one, number in present}
    assert outcomes(result).get("unknown") == left_out
    assert all(isinstance(one.error, DecodeError) for one in result.failures)
    with pytest.raises(DecodeError) as caught:
        call(client, ["a", "b", "c"])
    assert dict(caught.value.result) == dict(result)


@with_rows
def test_rows_of_foreign_ids_are_ignored(
    client: Client,
    server: ScriptedServer,
    call: Call,
    rows: Rows,
    value: Value,
) -> None:
    server.serve(success(rows(("x", 9), ("a", 1), ("A", 2))))
    assert dict(call(client, ["a"])) == {"a": value("a", 1)}


@with_rows
def test_of_doubled_rows_the_last_counts(
    client: Client,
    server: ScriptedServer,
    call: Call,
    rows: Rows,
    value: Value,
) -> None:
    server.serve(success(rows(("a", 1), ("b", 2), ("a", 3))))
    assert dict(call(client, ["a", "b"])) == {"a": value("a", 3), "b": value("b", 2)}


def test_a_status_of_failure_in_the_answer_of_prepare_is_a_value(client: Client, server: ScriptedServer) -> None:
    server.serve(success(prepared(("a", 9))))
    result = client.prepare_instances(["a"], user_id=USER)
    assert result.ok
    assert result["a"].status is PrepareStatus.EXPIRY_BACKUP_RESTORE_FAILED
