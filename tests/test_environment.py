"""The token and the endpoint from the environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from koophone import CredentialsError
from tests.answers import success

if TYPE_CHECKING:
    from tests.face import Face
    from tests.scripted_server import ScriptedServer


def test_token_and_endpoint_are_read_from_the_environment(
    face: Face, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOOPHONE_AUTH_TOKEN", "from-the-environment")
    monkeypatch.setenv("KOOPHONE_ENDPOINT", f"{server.endpoint}/prefix/")
    server.serve(success())
    face.client(auth=None).delete_instances(["a"])
    (request,) = server.requests
    assert request.header("x-auth-token") == "from-the-environment"
    assert request.path == "/prefix/v1/instances/delete"


def test_arguments_win_over_the_environment(
    face: Face, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOOPHONE_AUTH_TOKEN", "from-the-environment")
    monkeypatch.setenv("KOOPHONE_ENDPOINT", "http://127.0.0.1:9")
    server.serve(success())
    face.client(server.endpoint, auth="from-the-argument").delete_instances(["a"])
    assert server.requests[0].header("x-auth-token") == "from-the-argument"


def test_without_any_token_the_error_names_what_was_tried(
    face: Face, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOOPHONE_METADATA_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(CredentialsError, match="KOOPHONE_AUTH_TOKEN"):
        face.client(server.endpoint, auth=None).delete_instances(["a"])
    assert server.requests == []


def test_the_default_endpoint_is_the_service_itself(face: Face) -> None:
    assert "https://koophone.myhuaweicloud.com" in repr(face.client())
