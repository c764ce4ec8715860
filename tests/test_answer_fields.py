"""Field by field: what is taken as documented, what survives, and what is refused by name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from koophone import (
    DecodeError,
    Instance,
    PrepareProgress,
    PrepareStatus,
    ProgressStatus,
    RunningStatus,
    TransferStatus,
)
from tests.answers import success
from tests.operations import LIST, PREPARE, PROGRESS, RESET, Operation
from tests.preparation import USER

if TYPE_CHECKING:
    from koophone import Client
    from tests.scripted_server import ScriptedServer

TEXTS = [
    "instance_name",
    "region",
    "instance_sku",
    "assign_user",
    "billing_mode",
    "project_id",
    "project_name",
    "phone_id",
    "member_name",
    "account_name",
    "region_name",
    "region_name_en",
]
NUMBERS = ["frozen_status", "running_status", "login_status", "assign_status", "backup_status", "restore_status"]
TIMES = ["backup_time", "restore_time"]


def instance_from(client: Client, server: ScriptedServer, **row: Any) -> Instance:
    """The one instance of a list whose row has these fields."""
    server.serve(success({"result": [{"instance_id": "a"} | row], "total_count": 1}))
    (instance,) = client.list_instances()
    return instance


def progress_from(client: Client, server: ScriptedServer, **data: Any) -> PrepareProgress:
    """A progress with these fields."""
    server.serve(success(data))
    return client.get_prepare_progress("a", user_id=USER)


def refused(client: Client, server: ScriptedServer, operation: Operation, data: Any) -> str:
    """The text of the `DecodeError` that this data leads to."""
    server.serve(success(data))
    with pytest.raises(DecodeError) as caught:
        operation.call(client)
    assert operation.is_named_in(str(caught.value))
    return str(caught.value)


def test_every_documented_field_of_an_instance_is_there(client: Client, server: ScriptedServer) -> None:
    row: dict[str, Any] = {name: f"the {name}" for name in TEXTS} | dict.fromkeys(NUMBERS, 1)
    times = {"backup_time": "2024-05-24 17:34:58", "restore_time": "2024-05-24 20:34:58"}
    instance = instance_from(client, server, **row, **times)
    assert {name: getattr(instance, name) for name in row} == row
    assert instance.backup_time == datetime(2024, 5, 24, 17, 34, 58, tzinfo=UTC)
    assert instance.restore_time == datetime(2024, 5, 24, 20, 34, 58, tzinfo=UTC)
    assert instance.backup_time.utcoffset() is not None
    assert instance.running_status is RunningStatus.STOPPED
    assert instance.backup_status is TransferStatus.RUNNING
    assert dict(instance.extra) == {}


@pytest.mark.parametrize("name", [*TEXTS, *NUMBERS, *TIMES])
def test_a_missing_field_and_null_are_none(client: Client, server: ScriptedServer, name: str) -> None:
    assert getattr(instance_from(client, server), name) is None
    assert getattr(instance_from(client, server, **{name: None}), name) is None


def test_the_text_null_of_phone_id_is_none_and_only_there(client: Client, server: ScriptedServer) -> None:
    instance = instance_from(client, server, phone_id="null", instance_name="null")
    assert (instance.phone_id, instance.instance_name) == (None, "null")


@pytest.mark.parametrize("name", TIMES)
def test_an_empty_time_is_none(client: Client, server: ScriptedServer, name: str) -> None:
    assert getattr(instance_from(client, server, **{name: ""}), name) is None


@pytest.mark.parametrize("name", TEXTS)
def test_a_number_is_taken_where_a_text_is_documented(client: Client, server: ScriptedServer, name: str) -> None:
    number = 1008600000104285462
    assert getattr(instance_from(client, server, **{name: number}), name) == str(number)


@pytest.mark.parametrize("name", NUMBERS)
def test_digits_are_taken_where_a_number_is_documented(client: Client, server: ScriptedServer, name: str) -> None:
    assert getattr(instance_from(client, server, **{name: "1"}), name) == 1


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_without_a_name_survives(client: Client, server: ScriptedServer, name: str) -> None:
    status = getattr(instance_from(client, server, **{name: 42}), name)
    assert status == 42
    assert status.name == "UNKNOWN_42"


def test_digits_are_taken_in_progress_and_in_the_answer_of_prepare(client: Client, server: ScriptedServer) -> None:
    progress = progress_from(client, server, status="-1", waitingCount="7")
    assert (progress.status, progress.waiting_count) == (ProgressStatus.FAILED, 7)
    rows = [{"instance_id": "a44uhlf7", "status": "10"}, {"instance_id": "efjy72gs", "status": 77}]
    server.serve(success({"status_list": rows}))
    assert {one: row.status for one, row in PREPARE.call(client).items()} == {
        "a44uhlf7": PrepareStatus.MAINTAINING,
        "efjy72gs": PrepareStatus(77),
    }


def test_an_id_that_comes_as_a_number_is_the_text_of_its_digits(client: Client, server: ScriptedServer) -> None:
    server.serve(success({"status_list": [{"instance_id": 12345678, "status": 0}]}))
    assert list(client.prepare_instances(["12345678"], user_id=USER)) == ["12345678"]


@pytest.mark.parametrize("nothing", [{}, {"waitingCount": None}], ids=["missing", "null"])
def test_a_waiting_count_may_be_missing(client: Client, server: ScriptedServer, nothing: dict[str, None]) -> None:
    assert progress_from(client, server, status=0, **nothing).waiting_count is None


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("value", [{"a": 1}, ["a"]], ids=["object", "list"])
def test_a_structure_for_a_text_is_refused(client: Client, server: ScriptedServer, name: str, value: Any) -> None:
    assert name in refused(client, server, LIST, {"result": [{"instance_id": "a", name: value}], "total_count": 1})


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("value", [{"a": 1}, [1], "running", 1.5, 2**70], ids=["object", "list", "text", "1.5", "huge"])
def test_what_is_no_number_is_refused(client: Client, server: ScriptedServer, name: str, value: Any) -> None:
    assert name in refused(client, server, LIST, {"result": [{"instance_id": "a", name: value}], "total_count": 1})


@pytest.mark.parametrize("name", TIMES)
@pytest.mark.parametrize("value", [{"a": 1}, ["2024-05-24 17:34:58"]], ids=["object", "list"])
def test_a_structure_for_a_time_is_refused(client: Client, server: ScriptedServer, name: str, value: Any) -> None:
    assert name in refused(client, server, LIST, {"result": [{"instance_id": "a", name: value}], "total_count": 1})


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ([], "data"),
        ("text", "data"),
        ({"result": {"instance_id": "a"}, "total_count": 1}, "result"),
        ({"result": ["a"], "total_count": 1}, "result"),
        ({"result": "a", "total_count": 1}, "result"),
        ({"result": [{"instance_id": ["a"]}], "total_count": 1}, "instance_id"),
        ({"result": [{"instance_id": "a"}], "total_count": {}}, "total_count"),
        ({"result": [{"instance_id": "a"}], "total_count": "many"}, "total_count"),
    ],
)
def test_a_list_of_another_shape_is_refused(client: Client, server: ScriptedServer, data: Any, field: str) -> None:
    assert field in refused(client, server, LIST, data)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "status"),
        ({"status": None}, "status"),
        ({"waitingCount": 3}, "status"),
        ({"status": "ready"}, "status"),
        ({"status": [0]}, "status"),
        ({"status": 0, "waitingCount": {}}, "waiting"),
        ([], "data"),
    ],
)
def test_a_progress_of_another_shape_is_refused(client: Client, server: ScriptedServer, data: Any, field: str) -> None:
    assert field in refused(client, server, PROGRESS, data)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"status_list": {}}, "status_list"),
        ({"status_list": ["a44uhlf7"]}, "status_list"),
        ({"status_list": [{"instance_id": "a44uhlf7", "status": {}}]}, "status"),
        ([], "data"),
    ],
)
def test_a_prepare_of_another_shape_is_refused(client: Client, server: ScriptedServer, data: Any, field: str) -> None:
    assert field in refused(client, server, PREPARE, data)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"task_id": {}, "cmd_jobs": []}, "task_id"),
        ({"task_id": "t", "cmd_jobs": {}}, "cmd_jobs"),
        ({"task_id": "t", "cmd_jobs": [{"instance_id": "a44uhlf7", "job_id": ["j"]}]}, "job_id"),
        ([1], "data"),
    ],
)
def test_a_reset_of_another_shape_is_refused(client: Client, server: ScriptedServer, data: Any, field: str) -> None:
    assert field in refused(client, server, RESET, data)


def test_fields_without_a_name_are_kept_as_extra(client: Client, server: ScriptedServer) -> None:
    new = {"gpu": {"model": "x", "slots": [1, 2.5, None, True]}, "tier": "gold", "camelCase": 3, "nothing": None}
    instance = instance_from(client, server, instance_name="n", **new)
    assert dict(instance.extra) == new
    assert dict(progress_from(client, server, status=0, phase="late").extra) == {"phase": "late"}
