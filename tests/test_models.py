"""Models are plain values, and their numbers are open enumerations."""

from __future__ import annotations

import contextlib
import copy
import json
import pickle
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest

from koophone import (
    Instance,
    InstancePreparation,
    Job,
    PrepareProgress,
    PrepareStatus,
    ProgressStatus,
    RunningStatus,
    TransferStatus,
)
from tests.answers import success

if TYPE_CHECKING:
    from enum import IntEnum

    from koophone import Client
    from tests.scripted_server import ScriptedServer

BACKED_UP = datetime(2024, 5, 24, 17, 34, 58, tzinfo=UTC)
MODELS: list[Callable[[], Any]] = [
    lambda: Instance(
        instance_id="a",
        instance_name="demo",
        running_status=RunningStatus.RUNNING,
        backup_status=TransferStatus(42),
        backup_time=BACKED_UP,
    ),
    lambda: InstancePreparation(instance_id="a", status=PrepareStatus.MAINTAINING),
    lambda: PrepareProgress(status=ProgressStatus.QUEUING, waiting_count=2),
    lambda: Job(instance_id="a", job_id="j", task_id="RM_1"),
]
TWINS: list[Callable[[Any], Any]] = [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))]
NAMES: list[tuple[type[IntEnum], dict[int, str]]] = [
    (
        RunningStatus,
        dict(enumerate(["UNKNOWN", "STOPPED", "RUNNING", "GOING_OFFLINE", "STARTING", "SHUT_DOWN"])),
    ),
    (
        PrepareStatus,
        dict(
            enumerate(
                [
                    "READY",
                    "TO_BE_RESTORED",
                    "TO_BE_ASSIGNED",
                    "BACKING_UP",
                    "RESETTING",
                    "RESTARTING",
                    "OFFLINE",
                    "REPLACING",
                    "EXPIRY_BACKUP_RESTORING",
                    "EXPIRY_BACKUP_RESTORE_FAILED",
                    "MAINTAINING",
                ]
            )
        ),
    ),
    (
        ProgressStatus,
        {0: "NORMAL", 1: "QUEUING", 2: "RESTORING_OR_OFFLINE", 3: "BACKING_UP", -1: "FAILED"},
    ),
    (TransferStatus, dict(enumerate(["PREPARING", "RUNNING", "SUCCEEDED", "FAILED", "OTHER"]))),
]
each_model = pytest.mark.parametrize("make", MODELS, ids=["Instance", "InstancePreparation", "PrepareProgress", "Job"])
each_enum = pytest.mark.parametrize(("enum", "names"), NAMES, ids=[enum.__name__ for enum, _ in NAMES])


@each_model
def test_equal_fields_make_equal_models_with_equal_hashes(make: Callable[[], Any]) -> None:
    one, other = make(), make()
    assert one == other
    assert hash(one) == hash(other)
    assert {one: 1}[other] == 1
    assert one != "something else"


def test_another_field_makes_another_model() -> None:
    assert Instance(instance_id="a") != Instance(instance_id="b")
    assert Instance(instance_id="a") != Instance(instance_id="a", region="cn-north-4")
    assert Job(instance_id="a") != Job(instance_id="a", job_id="j")


@each_model
def test_a_model_does_not_change(make: Callable[[], Any]) -> None:
    model = make()
    for name in model.to_dict():
        with pytest.raises(AttributeError):
            setattr(model, name, None)
    with pytest.raises(AttributeError):
        model.something_new = 1
    assert model == make()


@each_model
def test_fields_are_given_by_keyword(make: Callable[[], Any]) -> None:
    with pytest.raises(TypeError):
        type(make())("a")
    with pytest.raises(TypeError):
        type(make())(instance_id="a", status=PrepareStatus.READY, unheard_of=1)


def test_optional_fields_are_none_unless_given() -> None:
    instance = Instance(instance_id="a")
    assert {name for name, value in instance.to_dict().items() if value not in (None, {})} == {"instance_id"}
    assert (Job(instance_id="a").job_id, Job(instance_id="a").task_id) == (None, None)
    assert PrepareProgress(status=ProgressStatus.NORMAL).waiting_count is None


@each_model
def test_repr_names_class_and_values(make: Callable[[], Any]) -> None:
    text = repr(make())
    assert text.startswith(type(make()).__name__)
    assert any(value in text for value in ("'a'", "QUEUING"))


@each_model
@pytest.mark.parametrize("again", TWINS)
def test_models_survive_copies_and_pickles(make: Callable[[], Any], again: Callable[[Any], Any]) -> None:
    twin = again(make())
    assert type(twin) is type(make())
    assert twin == make()
    assert hash(twin) == hash(make())


@each_model
def test_to_dict_is_ready_for_json(make: Callable[[], Any]) -> None:
    model = make()
    written = json.loads(json.dumps(model.to_dict()))
    assert written == model.to_dict()
    assert all(hasattr(model, name) for name in written)


def test_to_dict_writes_numbers_for_states_and_iso_8601_for_times() -> None:
    written = MODELS[0]().to_dict()
    assert (written["instance_id"], written["instance_name"], written["region"]) == ("a", "demo", None)
    assert (written["running_status"], type(written["running_status"])) == (2, int)
    assert written["backup_status"] == 42
    assert datetime.fromisoformat(written["backup_time"]) == BACKED_UP
    progress = MODELS[2]().to_dict()
    assert (progress["status"], progress["waiting_count"]) == (1, 2)


def test_models_can_be_matched() -> None:
    match MODELS[0]():
        case Instance(running_status=RunningStatus.STOPPED):
            found = "stopped"
        case Instance(running_status=RunningStatus.RUNNING, instance_id=instance_id):
            found = instance_id
        case _:
            found = "nothing"
    assert found == "a"


def test_extra_is_a_mapping_that_leaves_the_model_a_value(client: Client, server: ScriptedServer) -> None:
    row = {"instance_id": "a", "gpu": {"model": "x", "slots": [1, 2]}, "tier": "gold"}
    server.serve(success({"result": [row], "total_count": 1}))
    (one,), (other,) = list(client.list_instances()), list(client.list_instances())
    assert isinstance(one.extra, Mapping)
    assert one == other
    assert hash(one) == hash(other)
    assert one != Instance(instance_id="a")
    assert json.loads(json.dumps(one.to_dict())) == one.to_dict()
    for again in TWINS:
        assert again(one) == one
        assert dict(again(one).extra) == {"gpu": {"model": "x", "slots": [1, 2]}, "tier": "gold"}


def test_extra_cannot_be_changed_from_outside(client: Client, server: ScriptedServer) -> None:
    server.serve(success({"result": [{"instance_id": "a", "tier": "gold"}], "total_count": 1}))
    (instance,) = client.list_instances()
    with contextlib.suppress(TypeError):
        instance.extra["tier"] = "lead"  # type: ignore[index]
    assert dict(instance.extra) == {"tier": "gold"}


@each_enum
def test_states_have_the_documented_numbers_and_names(enum: type[IntEnum], names: dict[int, str]) -> None:
    assert {member.value: member.name for member in enum} == names


@each_enum
def test_an_unknown_number_survives(enum: type[IntEnum], names: dict[int, str]) -> None:
    unknown = enum(42)
    assert 42 not in names
    assert unknown == 42
    assert unknown.name == "UNKNOWN_42"
    assert unknown is enum(42)
    assert isinstance(unknown, enum)
    assert {unknown: 1}[enum(42)] == 1
    assert 42 not in [int(member) for member in enum]
    for again in TWINS:
        assert again(unknown) is unknown


@each_enum
def test_what_is_no_number_is_no_state(enum: type[IntEnum], names: dict[int, str]) -> None:
    assert names
    with pytest.raises(ValueError, match="ready"):
        enum("ready")  # type: ignore[arg-type]


def test_a_naive_time_is_taken_as_utc() -> None:
    naive = datetime(2024, 5, 24, 17, 34, 58)  # noqa: DTZ001 - that is the case
    given = Instance(instance_id="a", backup_time=naive)
    assert given.backup_time == naive.replace(tzinfo=UTC)
    there = datetime(2024, 5, 24, 19, 34, 58, tzinfo=timezone(timedelta(hours=2)))
    assert given == Instance(instance_id="a", backup_time=there)
