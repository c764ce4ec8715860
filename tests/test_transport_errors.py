"""No usable answer: which error it is, and whether the request may have reached the service."""

from __future__ import annotations

import copy
import pickle
import socket
from typing import TYPE_CHECKING

import pytest

from koophone import ConnectError, RequestTimeoutError, TransportError
from tests.answers import closed, closed_in_body, reset_connection, stalled, stalled_body, success
from tests.operations import OPERATIONS, Operation, each_operation

if TYPE_CHECKING:
    from koophone import Client
    from tests.face import Face
    from tests.scripted_server import Answer, ScriptedServer

BROKEN = {"closed": closed(), "in-body": closed_in_body(), "reset": reset_connection()}


@pytest.fixture
def closed_port() -> int:
    """A port where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@each_operation
def test_a_refused_connection_is_a_connect_error_and_nothing_was_sent(
    face: Face, closed_port: int, operation: Operation
) -> None:
    with pytest.raises(ConnectError) as caught:
        operation.call(face.client(f"http://127.0.0.1:{closed_port}"))
    assert caught.value.sent is False


def test_a_name_that_does_not_resolve_is_a_connect_error(face: Face) -> None:
    with pytest.raises(ConnectError) as caught:
        face.client("https://phones.invalid").delete_instances(["a"])
    assert caught.value.sent is False


def test_a_failed_tls_handshake_sent_nothing(face: Face, server: ScriptedServer) -> None:
    with pytest.raises(TransportError) as caught:
        face.client(f"https://127.0.0.1:{server.port}", timeout=3, connect_timeout=1).delete_instances(["a"])
    assert caught.value.sent is False


@each_operation
@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
def test_a_connection_that_breaks_before_the_answer_is_whole_may_have_reached_the_service(
    client: Client, server: ScriptedServer, operation: Operation, answer: Answer
) -> None:
    server.serve(answer)
    with pytest.raises(TransportError) as caught:
        operation.call(client)
    assert caught.value.sent is True
    assert not isinstance(caught.value, ConnectError | RequestTimeoutError)


@each_operation
@pytest.mark.parametrize("option", ["timeout", "deadline"])
@pytest.mark.parametrize("answer", [stalled(), stalled_body()], ids=["head", "body"])
def test_an_answer_that_stalls_ends_at_the_time_limit(
    face: Face, server: ScriptedServer, operation: Operation, option: str, answer: Answer
) -> None:
    server.serve(answer)
    with pytest.raises(RequestTimeoutError) as caught:
        operation.call(face.client(server.endpoint, **{option: 0.3}))
    assert caught.value.sent is True
    assert isinstance(caught.value, TimeoutError)
    assert server.requests[-1].gone.wait(10)


def test_limits_of_a_copy_hold_for_the_copy(client: Client, server: ScriptedServer) -> None:
    server.serve([stalled(), success()])
    with pytest.raises(RequestTimeoutError):
        client.with_options(timeout=0.3).delete_instances(["a"])
    assert client.delete_instances(["a"]).ok


def test_the_client_works_on_after_broken_connections(client: Client, server: ScriptedServer) -> None:
    for answer in BROKEN.values():
        server.serve([answer, success(OPERATIONS[2].data)])
        with pytest.raises(TransportError):
            client.delete_instances(["a"])
        OPERATIONS[2].call(client)
    assert len(server.requests) == 2 * len(BROKEN)


@pytest.mark.parametrize("again", [copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_sent_survives_copies_and_pickles(
    client: Client, server: ScriptedServer, face: Face, closed_port: int, again: object
) -> None:
    server.serve(closed())
    for caller, sent in ((client, True), (face.client(f"http://127.0.0.1:{closed_port}"), False)):
        with pytest.raises(TransportError) as caught:
            caller.delete_instances(["a"])
        twin = again(caught.value)  # type: ignore[operator]
        assert (type(twin), twin.sent, str(twin)) == (type(caught.value), sent, str(caught.value))
