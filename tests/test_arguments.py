"""Arguments that can never be right are refused by name before anything is sent."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest

from tests.preparation import USER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from koophone import Client
    from tests.scripted_server import ScriptedServer

WRONG_TEXTS: list[tuple[type[Exception], Any]] = [
    (ValueError, ""),
    (ValueError, "x" * 33),
    (ValueError, "a\nb"),
    (ValueError, "a\x00"),
    (ValueError, "\x7f"),
    (ValueError, "\ud800"),
    (TypeError, b"abc"),
    (TypeError, 5),
]
NONE: tuple[type[Exception], Any] = (TypeError, None)
WRONG_IDS: list[tuple[type[Exception], Any]] = [
    *((error, [text]) for error, text in [*WRONG_TEXTS, NONE]),
    *((error, ["a44uhlf7", text]) for error, text in [*WRONG_TEXTS, NONE]),
    (TypeError, "a44uhlf7"),
    (TypeError, b"a44uhlf7"),
    (TypeError, None),
    (TypeError, 5),
]
TAKE_IDS: dict[str, Callable[[Client, Any], Any]] = {
    "prepare": lambda client, ids: client.prepare_instances(ids, user_id=USER),
    "reset": lambda client, ids: client.reset_instances(ids),
    "delete": lambda client, ids: client.delete_instances(ids),
    "prepare_and_wait": lambda client, ids: client.prepare_and_wait(ids, user_id=USER),
    "wait_until_ready": lambda client, ids: client.wait_until_ready(ids, user_id=USER),
}
TAKE_ID: dict[str, Callable[[Client, Any], Any]] = {
    "get_instance": lambda client, one: client.get_instance(one),
    "get_prepare_progress": lambda client, one: client.get_prepare_progress(one, user_id=USER),
}
TAKE_USER: dict[str, Callable[[Client, Any], Any]] = {
    "prepare": lambda client, user: client.prepare_instances(["a"], user_id=user),
    "get_prepare_progress": lambda client, user: client.get_prepare_progress("a", user_id=user),
    "prepare_and_wait": lambda client, user: client.prepare_and_wait(["a"], user_id=user),
    "wait_until_ready": lambda client, user: client.wait_until_ready(["a"], user_id=user),
}
WRONG_NUMBERS: list[tuple[type[Exception], Any]] = [
    (ValueError, -1),
    (ValueError, float("nan")),
    (ValueError, float("-inf")),
    (TypeError, "5"),
]


@pytest.fixture(autouse=True)
def nothing_is_sent(server: ScriptedServer) -> Iterator[None]:
    """Holds for every test here."""
    yield
    assert server.requests == []


@pytest.mark.parametrize("call", TAKE_IDS.values(), ids=TAKE_IDS)
@pytest.mark.parametrize(("error", "ids"), WRONG_IDS, ids=ascii)
def test_wrong_ids(client: Client, call: Callable[..., Any], error: type[Exception], ids: object) -> None:
    with pytest.raises(error, match="instance_id"):
        call(client, ids)


@pytest.mark.parametrize("call", TAKE_ID.values(), ids=TAKE_ID)
@pytest.mark.parametrize(("error", "text"), [*WRONG_TEXTS, NONE])
def test_wrong_id(client: Client, call: Callable[..., Any], error: type[Exception], text: object) -> None:
    with pytest.raises(error, match="instance_id"):
        call(client, text)


@pytest.mark.parametrize(("error", "text"), WRONG_TEXTS)
def test_wrong_id_as_filter(client: Client, error: type[Exception], text: Any) -> None:
    with pytest.raises(error, match="instance_id"):
        list(client.list_instances(instance_id=text))


@pytest.mark.parametrize("call", TAKE_USER.values(), ids=TAKE_USER)
@pytest.mark.parametrize(("error", "text"), [(ValueError, ""), (ValueError, "9" * 33), (TypeError, 5), NONE])
def test_wrong_user_id(client: Client, call: Callable[..., Any], error: type[Exception], text: object) -> None:
    with pytest.raises(error, match="user_id"):
        call(client, text)


def test_an_error_of_the_callers_iterable_comes_through(client: Client) -> None:
    def ids() -> Iterator[str]:
        yield "a44uhlf7"
        raise LookupError("the caller's own")

    with pytest.raises(LookupError, match="the caller's own"):
        client.delete_instances(ids())


@pytest.mark.parametrize("page_size", [0, 201, -1, 2**31, 2**70, -(2**70), "20", 1.5])
def test_wrong_page_size(client: Client, page_size: Any) -> None:
    with pytest.raises((ValueError, TypeError), match="page_size"):
        list(client.list_instances(page_size=page_size))


@pytest.mark.parametrize("name", ["start_time", "end_time"])
@pytest.mark.parametrize("moment", ["2026-01-01 00:00:00", 1767225600, date(2026, 1, 1)])
def test_a_time_that_is_no_datetime(client: Client, name: str, moment: Any) -> None:
    with pytest.raises(TypeError, match=name):
        list(client.list_instances(**{name: moment}))


@pytest.mark.parametrize("name", ["start_time", "end_time"])
@pytest.mark.parametrize(
    "moment",
    [
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=8))),
        datetime.max.replace(tzinfo=timezone(-timedelta(hours=1))),
    ],
    ids=["before", "after"],
)
def test_a_time_that_has_no_date_in_utc(client: Client, name: str, moment: Any) -> None:
    with pytest.raises(ValueError, match=name):
        list(client.list_instances(**{name: moment}))


@pytest.mark.parametrize("name", ["instance_name", "pool_scene_tag", "pool_name", "order", "order_by"])
def test_a_filter_that_is_no_text(client: Client, name: str) -> None:
    with pytest.raises(TypeError, match=name):
        list(client.list_instances(**{name: b"bytes"}))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["instance_name", "pool_name", "order_by"])
def test_a_filter_that_no_query_can_carry(client: Client, name: str) -> None:
    with pytest.raises(ValueError, match=name):
        list(client.list_instances(**{name: "\ud800"}))  # type: ignore[arg-type]


@pytest.mark.parametrize("method", ["prepare_and_wait", "wait_until_ready"])
@pytest.mark.parametrize("name", ["timeout", "poll_interval"])
@pytest.mark.parametrize(("error", "number"), WRONG_NUMBERS)
def test_wrong_times_of_a_wait(client: Client, method: str, name: str, error: type[Exception], number: object) -> None:
    with pytest.raises(error, match=name):
        getattr(client, method)(["a"], user_id=USER, **{name: number})


@pytest.mark.parametrize("method", ["prepare_and_wait", "wait_until_ready"])
def test_a_poll_interval_of_zero(client: Client, method: str) -> None:
    with pytest.raises(ValueError, match="poll_interval"):
        getattr(client, method)(["a"], user_id=USER, poll_interval=0)


@pytest.mark.parametrize("method", ["prepare_and_wait", "wait_until_ready"])
def test_on_progress_that_cannot_be_called(client: Client, method: str) -> None:
    with pytest.raises(TypeError, match="on_progress"):
        getattr(client, method)(["a"], user_id=USER, on_progress="print")


def test_unknown_keywords_and_arguments_by_position(client: Client) -> None:
    calls: list[Callable[[], Any]] = [
        lambda: client.delete_instances(["a"], force=True),  # type: ignore[call-arg]
        lambda: client.prepare_instances(["a"], USER),  # type: ignore[call-arg]
        lambda: client.get_prepare_progress("a", USER),  # type: ignore[call-arg]
        lambda: list(client.list_instances("a")),  # type: ignore[call-arg]
        client.reset_instances,  # type: ignore[list-item]
    ]
    for call in calls:
        with pytest.raises(TypeError):
            call()
