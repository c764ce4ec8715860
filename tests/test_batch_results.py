"""`BatchResult` as a mapping, and the errors that carry it."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pytest

from koophone import BatchError, BatchResult, Job, KooPhoneError, NotFoundError, PermissionDeniedError, TransportError
from tests.answers import closed, failure, success
from tests.fleet import phone_ids
from tests.test_batches import by_first_id, collecting, outcomes

if TYPE_CHECKING:
    from koophone import Client
    from tests.scripted_server import ScriptedServer

IDS = phone_ids(450)
WRONG = {
    "phone-00100": failure("KOOPHONE.API.4001", "no such phone"),
    "phone-00200": failure("KOOPHONE.API.1001", "not yours"),
    "phone-00300": closed(),
}
GOOD = IDS[:100] + IDS[400:]
TWINS: list[Callable[[Any], Any]] = [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))]


@pytest.fixture
def result(client: Client, server: ScriptedServer) -> BatchResult[Job]:
    """A result of five requests of which three failed."""
    server.serve(by_first_id(WRONG))
    return collecting(client).reset_instances(IDS)


@pytest.fixture
def error(client: Client, server: ScriptedServer) -> BatchError:
    """The error of the same batch."""
    server.serve(by_first_id(WRONG))
    with pytest.raises(BatchError) as caught:
        client.reset_instances(IDS)
    return caught.value


def test_a_result_is_a_mapping_of_what_succeeded(result: BatchResult[Job]) -> None:
    assert isinstance(result, BatchResult)
    assert isinstance(result, Mapping)
    assert list(result) == list(result.keys()) == list(result.succeeded) == GOOD
    assert len(result) == 150
    assert list(result.items()) == [(one, Job(instance_id=one)) for one in GOOD]
    assert list(result.values()) == [Job(instance_id=one) for one in GOOD]
    assert result["phone-00449"] == result.get("phone-00449") == Job(instance_id="phone-00449")


def test_failed_and_foreign_ids_are_absent(result: BatchResult[Job]) -> None:
    for absent in ("phone-00100", "foreign"):
        assert absent not in result
        assert result.get(absent) is None
        assert result.get(absent, "other") == "other"
    assert "phone-00000" in result
    assert 5 not in result  # type: ignore[comparison-overlap]


def test_asking_for_a_failed_id_raises_a_fresh_copy_of_its_error(result: BatchResult[Job]) -> None:
    caught = []
    for _ in range(2):
        with pytest.raises(NotFoundError, match="no such phone") as info:
            result["phone-00150"]
        caught.append(info.value)
    assert caught[0] is not caught[1]
    assert caught[0] is not result.failures[0].error
    with pytest.raises(PermissionDeniedError):
        result["phone-00299"]
    with pytest.raises(TransportError):
        result["phone-00300"]


def test_asking_for_a_foreign_id_is_a_key_error(result: BatchResult[Job]) -> None:
    with pytest.raises(KeyError, match="foreign"):
        result["foreign"]


def test_a_result_does_not_change(result: BatchResult[Job]) -> None:
    with pytest.raises(TypeError):
        result["x"] = Job(instance_id="x")  # type: ignore[index]
    with pytest.raises(TypeError):
        del result["phone-00000"]  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        result.succeeded = ()  # type: ignore[misc]


def test_failures_tell_ids_error_and_outcome(result: BatchResult[Job]) -> None:
    assert isinstance(result.failures, tuple)
    assert isinstance(result.succeeded, tuple)
    assert [(one.instance_ids, type(one.error), one.outcome) for one in result.failures] == [
        (tuple(IDS[100:200]), NotFoundError, "rejected"),
        (tuple(IDS[200:300]), PermissionDeniedError, "rejected"),
        (tuple(IDS[300:400]), TransportError, "unknown"),
    ]
    assert not result.ok


def test_to_dict_is_ready_for_json_and_leaves_no_id_out(result: BatchResult[Job]) -> None:
    text = json.dumps(result.to_dict())
    assert all(f'"{one}"' in text for one in IDS)
    assert "KOOPHONE.API.4001" in text


def test_raise_for_failures_raises_what_the_call_would_have(
    client: Client, server: ScriptedServer, result: BatchResult[Job]
) -> None:
    with pytest.raises(BatchError) as several:
        result.raise_for_failures()
    assert outcomes(several.value.result) == outcomes(result)
    server.serve(failure("KOOPHONE.API.4001"))
    single = collecting(client).delete_instances(["a"])
    with pytest.raises(NotFoundError) as one:
        single.raise_for_failures()
    assert one.value.result.failures[0].instance_ids == ("a",)
    server.serve(success())
    client.delete_instances(["a"]).raise_for_failures()


def test_repr_is_short_and_counts(result: BatchResult[Job]) -> None:
    assert len(repr(result)) < 2000
    assert "150" in repr(result)


@pytest.mark.parametrize("again", TWINS)
def test_results_survive_copies_and_pickles(result: BatchResult[Job], again: Callable[[Any], Any]) -> None:
    twin = again(result)
    assert dict(twin) == dict(result)
    assert [(one.instance_ids, type(one.error), one.outcome) for one in twin.failures] == [
        (one.instance_ids, type(one.error), one.outcome) for one in result.failures
    ]
    with pytest.raises(NotFoundError, match="no such phone"):
        twin["phone-00150"]


def test_a_batch_error_is_a_group_with_one_error_for_each_failed_request(error: BatchError) -> None:
    assert isinstance(error, KooPhoneError)
    assert isinstance(error, ExceptionGroup)
    assert [type(one) for one in error.exceptions] == [NotFoundError, PermissionDeniedError, TransportError]
    assert list(error.result.succeeded) == GOOD


def test_a_batch_error_is_taken_apart_by_except_star(client: Client, server: ScriptedServer) -> None:
    server.serve(by_first_id(WRONG))
    caught: list[str] = []
    try:
        client.reset_instances(IDS)
    except* NotFoundError as group:
        caught += [f"{type(one).__name__} {type(group).__name__}" for one in group.exceptions]
    except* (PermissionDeniedError, TransportError) as group:
        caught += [type(one).__name__ for one in group.exceptions]
    assert caught == ["NotFoundError BatchError", "PermissionDeniedError", "TransportError"]


def test_the_error_of_a_single_request_is_taken_by_except_star_too(client: Client, server: ScriptedServer) -> None:
    server.serve(failure("KOOPHONE.API.4001"))
    caught: list[type[BaseException]] = []
    try:
        client.reset_instances(["a"])
    except* NotFoundError as group:
        caught += [type(one) for one in group.exceptions]
    assert caught == [NotFoundError]


def test_parts_of_a_batch_error_keep_class_and_result(error: BatchError) -> None:
    part = error.subgroup(NotFoundError)
    match, rest = error.split(NotFoundError)
    derived = error.derive(error.exceptions[:1])
    for one, kinds in ((part, 1), (match, 1), (rest, 2), (derived, 1)):
        assert isinstance(one, BatchError)
        assert len(one.exceptions) == kinds
        assert outcomes(one.result) == outcomes(error.result)
    assert error.subgroup(KeyError) is None


@pytest.mark.parametrize("again", TWINS)
def test_batch_errors_survive_copies_and_pickles(error: BatchError, again: Callable[[Any], Any]) -> None:
    twin = again(error)
    assert type(twin) is BatchError
    assert str(twin) == str(error)
    assert [(type(one), str(one)) for one in twin.exceptions] == [(type(one), str(one)) for one in error.exceptions]
    assert outcomes(twin.result) == outcomes(error.result)


@pytest.mark.parametrize("again", TWINS)
def test_the_result_of_a_single_error_survives_too(
    client: Client, server: ScriptedServer, again: Callable[[Any], Any]
) -> None:
    server.serve(failure("KOOPHONE.API.4001"))
    with pytest.raises(NotFoundError) as caught:
        client.reset_instances(["b", "a"])
    assert outcomes(again(caught.value).result) == {"rejected": ["a", "b"]}


def test_the_text_of_a_batch_error_counts_requests_and_ids(error: BatchError) -> None:
    assert "300" in str(error)
    assert len(str(error)) < 2000
