"""Two clients on one core: names, life, copies, and what they show of themselves."""

from __future__ import annotations

import asyncio
import copy
import gc
import inspect
import pickle
import threading
import warnings
from typing import TYPE_CHECKING, Any

import anyio
import pytest
import uvloop

import koophone
from koophone import AsyncClient, Client
from tests.answers import failure, success
from tests.face import TOKEN
from tests.fleet import Fleet, phone_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from tests.face import Face
    from tests.scripted_server import ScriptedServer

METHODS = [
    "list_instances",
    "prepare_instances",
    "get_prepare_progress",
    "reset_instances",
    "delete_instances",
    "get_instance",
    "prepare_and_wait",
    "wait_until_ready",
    "with_options",
]


def public(client: type) -> set[str]:
    """The public names of a class."""
    return {name for name in dir(client) if not name.startswith("_")}


@pytest.mark.parametrize("name", METHODS)
def test_both_clients_have_the_same_methods_with_the_same_arguments(name: str) -> None:
    blocking, awaited = getattr(Client, name), getattr(AsyncClient, name)
    assert list(inspect.signature(blocking).parameters.values()) == list(inspect.signature(awaited).parameters.values())


def test_both_clients_have_the_same_names() -> None:
    assert public(Client) - {"close", "aio"} == public(AsyncClient) - {"aclose", "close", "aio"}
    assert str(inspect.signature(Client)) == str(inspect.signature(AsyncClient))


def test_all_public_names_are_there() -> None:
    assert all(hasattr(koophone, name) for name in koophone.__all__)


def test_aio_is_always_the_same_client_on_the_same_core(server: ScriptedServer) -> None:
    server.serve(success())
    with Client(TOKEN, endpoint=server.endpoint) as client:
        assert isinstance(client.aio, AsyncClient)
        assert client.aio is client.aio
        client.delete_instances(["a"])
        assert asyncio.run(client.aio.delete_instances(["a"])).ok
        client.delete_instances(["a"])
    assert server.accepted == 1


def test_a_closed_client_refuses_to_work(face: Face, server: ScriptedServer) -> None:
    client = face.client(server.endpoint)
    other = client.with_options(timeout=3)
    pager = client.list_instances()
    client.close()
    client.close()
    for one in (client, other):
        with pytest.raises(RuntimeError):
            one.delete_instances(["a"])
        with pytest.raises(RuntimeError):
            list(one.list_instances())
    with pytest.raises(RuntimeError):
        list(pager)
    assert server.requests == []


def test_closing_closes_aio_too(server: ScriptedServer) -> None:
    client = Client(TOKEN, endpoint=server.endpoint)
    awaited = client.aio
    client.close()
    with pytest.raises(RuntimeError):
        asyncio.run(awaited.delete_instances(["a"]))


def test_closing_closes_the_connections(client: Client, server: ScriptedServer) -> None:
    server.serve(success())
    client.delete_instances(["a"])
    client.close()
    assert server.requests[0].gone.wait(10)


def test_leaving_with_closes(server: ScriptedServer) -> None:
    server.serve(success())
    with Client(TOKEN, endpoint=server.endpoint) as client:
        client.delete_instances(["a"])
    with pytest.raises(RuntimeError):
        client.delete_instances(["a"])

    async def scenario() -> None:
        async with AsyncClient(TOKEN, endpoint=server.endpoint) as awaited:
            await awaited.delete_instances(["a"])
        with pytest.raises(RuntimeError):
            await awaited.delete_instances(["a"])

    asyncio.run(scenario())


def test_leaving_with_on_a_copy_closes_nothing(server: ScriptedServer) -> None:
    server.serve(success())
    with Client(TOKEN, endpoint=server.endpoint) as client:
        with client.with_options(timeout=3) as other:
            other.delete_instances(["a"])
        client.delete_instances(["a"])

    async def scenario() -> None:
        async with AsyncClient(TOKEN, endpoint=server.endpoint) as awaited:
            async with awaited.with_options(timeout=3) as other:
                await other.delete_instances(["a"])
            await awaited.delete_instances(["a"])

    asyncio.run(scenario())


def test_repr_shows_where_it_goes_and_no_secret(face: Face) -> None:
    text = repr(face.client("http://127.0.0.1:8080/prefix"))
    assert "http://127.0.0.1:8080/prefix" in text
    assert TOKEN not in text


def test_a_client_with_a_literal_token_refuses_to_pickle_without_showing_it() -> None:
    for client in (Client(TOKEN), AsyncClient(TOKEN)):
        with pytest.raises((TypeError, ValueError, pickle.PicklingError)) as caught:
            pickle.dumps(client)
        assert TOKEN not in str(caught.value)


@pytest.mark.parametrize("headers", [{"Authorization": "Bearer sesame"}, {"Cookie": "sesame"}])
def test_a_client_with_a_secret_header_refuses_to_pickle_without_showing_it(
    monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    monkeypatch.setenv("KOOPHONE_AUTH_TOKEN", TOKEN)
    with pytest.raises(TypeError, match="allow_secret_pickle") as caught:
        pickle.dumps(Client(default_headers=headers))
    assert "sesame" not in str(caught.value)


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_a_pickled_client_carries_its_configuration_and_where_its_token_comes_from(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch, kind: type[Client | AsyncClient]
) -> None:
    monkeypatch.setenv("KOOPHONE_AUTH_TOKEN", "before")
    client = kind(endpoint=f"{server.endpoint}/prefix", max_concurrency=3, default_headers={"x-team": "blue"})
    pickled = pickle.dumps(client.with_options(on_failure="collect", deadline=7))
    assert b"before" not in pickled
    monkeypatch.setenv("KOOPHONE_AUTH_TOKEN", "after")
    twin: Any = pickle.loads(pickled)
    assert type(twin).__name__ == kind.__name__
    server.serve(failure("KOOPHONE.API.1000"))
    result = twin.reset_instances(["a"])
    assert not (result if kind is Client else asyncio.run(result)).ok
    [request] = server.requests
    assert request.path == "/prefix/v1/instances/batch-reset"
    assert (request.header("x-auth-token"), request.header("x-team")) == ("after", "blue")


def test_a_literal_token_is_pickled_where_that_is_allowed(server: ScriptedServer) -> None:
    server.serve(success())
    twin = pickle.loads(pickle.dumps(Client(TOKEN, endpoint=server.endpoint, allow_secret_pickle=True)))
    twin.delete_instances(["a"])
    assert server.requests[0].header("x-auth-token") == TOKEN


@pytest.mark.parametrize("twin", [copy.copy, copy.deepcopy])
def test_copies_share_the_core(server: ScriptedServer, twin: Callable[[Any], Any]) -> None:
    server.serve(success())
    with Client(TOKEN, endpoint=server.endpoint) as client:
        twin(client).delete_instances(["a"])
        asyncio.run(twin(client.aio).delete_instances(["a"]))
    with pytest.raises(RuntimeError):
        twin(client).delete_instances(["a"])
    assert server.accepted == 1


def test_methods_of_the_async_client_are_coroutines(server: ScriptedServer) -> None:
    server.serve(success())

    async def scenario() -> int:
        client = AsyncClient(TOKEN, endpoint=server.endpoint)
        coroutine = client.delete_instances(["a"])
        assert inspect.isawaitable(coroutine)
        assert asyncio.iscoroutine(coroutine)
        await coroutine
        await asyncio.create_task(client.delete_instances(["a"]))
        await asyncio.gather(client.delete_instances(["a"]), client.delete_instances(["b"]))
        await asyncio.wait_for(client.delete_instances(["a"]), 10)
        async with asyncio.TaskGroup() as group:
            group.create_task(client.delete_instances(["a"]))
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(client.delete_instances, ["a"])
        await client.aclose()
        return len(server.requests)

    runs: list[Callable[..., int]] = [lambda f: asyncio.run(f()), lambda f: uvloop.run(f()), anyio.run]
    for run in runs:
        server.requests.clear()
        assert run(scenario) == 7


def test_a_call_itself_can_be_given_to_asyncio_run(server: ScriptedServer) -> None:
    server.serve(success())
    client = AsyncClient(TOKEN, endpoint=server.endpoint)
    for run in (asyncio.run, asyncio.run, uvloop.run):
        assert run(client.delete_instances(["a"])).ok
    asyncio.run(client.aclose())


def test_one_client_serves_loops_in_several_threads(server: ScriptedServer) -> None:
    server.serve(Fleet(phone_ids(30)))
    client = AsyncClient(TOKEN, endpoint=server.endpoint)
    found: list[list[str]] = []

    async def scenario() -> list[str]:
        return [one.instance_id async for one in client.list_instances(page_size=10)]

    threads = [threading.Thread(target=lambda: found.append(asyncio.run(scenario()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [phone_ids(30)] * 4
    asyncio.run(client.aclose())


def test_blocking_calls_work_inside_a_running_loop(server: ScriptedServer) -> None:
    server.serve(success())

    async def scenario() -> bool:
        with Client(TOKEN, endpoint=server.endpoint) as client:
            return client.delete_instances(["a"]).ok

    assert asyncio.run(scenario())


def awaitables(client: AsyncClient) -> dict[str, Coroutine[Any, Any, Any]]:
    """One of each that must not be forgotten."""
    return {
        "delete_instances": client.delete_instances(["a"]),
        "reset_instances": client.reset_instances(["a"]),
        "prepare_and_wait": client.prepare_and_wait(["a"], user_id="u"),
        "get_instance": client.get_instance("a"),
    }


def test_a_call_that_is_never_awaited_gives_a_warning_and_sends_nothing(server: ScriptedServer) -> None:
    client = AsyncClient(TOKEN, endpoint=server.endpoint)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        names = list(awaitables(client))
        gc.collect()
    texts = [str(one.message) for one in caught if issubclass(one.category, RuntimeWarning)]
    assert all(any(name in text and "never awaited" in text for text in texts) for name in names)
    assert server.requests == []


def test_a_coroutine_cannot_be_awaited_twice(server: ScriptedServer) -> None:
    server.serve(success())

    async def scenario() -> None:
        async with AsyncClient(TOKEN, endpoint=server.endpoint) as client:
            coroutine = client.delete_instances(["a"])
            await coroutine
            with pytest.raises(RuntimeError):
                await coroutine

    asyncio.run(scenario())
    assert len(server.requests) == 1
