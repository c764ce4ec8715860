"""Options of the client: what is refused by name, and what may be an endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.face import TOKEN

if TYPE_CHECKING:
    from tests.face import Face

WRONG_SECONDS: list[tuple[type[Exception], Any]] = [
    (ValueError, 0),
    (ValueError, -1),
    (ValueError, float("nan")),
    (ValueError, float("-inf")),
    (TypeError, "5"),
]


@pytest.mark.parametrize("name", ["timeout", "connect_timeout", "deadline"])
@pytest.mark.parametrize(("error", "seconds"), WRONG_SECONDS)
def test_wrong_seconds(face: Face, name: str, error: type[Exception], seconds: Any) -> None:
    with pytest.raises(error, match=name):
        face.client(**{name: seconds})


@pytest.mark.parametrize("name", ["timeout", "deadline"])
@pytest.mark.parametrize(("error", "seconds"), WRONG_SECONDS)
def test_wrong_seconds_of_a_copy(face: Face, name: str, error: type[Exception], seconds: Any) -> None:
    client = face.client()
    with pytest.raises(error, match=name):
        client.with_options(**{name: seconds})


@pytest.mark.parametrize("number", [0, -1, 2**70, 1.5, "4"])
def test_wrong_max_concurrency(face: Face, number: Any) -> None:
    with pytest.raises((ValueError, TypeError), match="max_concurrency"):
        face.client(max_concurrency=number)


@pytest.mark.parametrize("choice", ["ignore", "", 1])
def test_on_failure_of_another_kind(face: Face, choice: Any) -> None:
    client = face.client()
    with pytest.raises((ValueError, TypeError), match="on_failure"):
        client.with_options(on_failure=choice)


@pytest.mark.parametrize(
    "headers",
    [{"x-a": "b\nc"}, {"x-a": "b\r\nx-b: c"}, {"x-a": "\x00"}, {"x a": "b"}, {"": "b"}, {"x-a": 1}, {1: "x"}, "x-a: b"],
)
def test_headers_that_no_request_can_carry(face: Face, headers: Any) -> None:
    with pytest.raises((ValueError, TypeError), match="default_headers"):
        face.client(default_headers=headers)
    client = face.client()
    with pytest.raises((ValueError, TypeError), match="default_headers"):
        client.with_options(default_headers=headers)


@pytest.mark.parametrize(
    "endpoint", ["", "koophone", "ftp://127.0.0.1", "https://", "http://127.0.0.1:99999", "//127.0.0.1", "https://a b"]
)
def test_what_is_no_endpoint(face: Face, endpoint: str) -> None:
    with pytest.raises(ValueError, match="endpoint"):
        face.client(endpoint)


def test_an_endpoint_from_the_environment_is_judged_alike(face: Face, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOOPHONE_ENDPOINT", "http://phones.example.com")
    with pytest.raises(ValueError, match=r"phones\.example\.com"):
        face.client()


@pytest.mark.parametrize(
    "endpoint", ["http://phones.example.com", "http://10.0.0.1:8080", "http://localhost.example.com", "http://[::2]"]
)
def test_plain_http_beyond_loopback_needs_leave(face: Face, endpoint: str) -> None:
    with pytest.raises(ValueError, match="allow_http"):
        face.client(endpoint)
    assert endpoint in repr(face.client(endpoint, allow_http=True))


@pytest.mark.parametrize(
    "endpoint", ["http://127.0.0.1:1", "http://127.9.8.7", "http://localhost:1", "http://[::1]:1", "https://a.example"]
)
def test_loopback_and_tls_need_no_leave(face: Face, endpoint: str) -> None:
    assert endpoint in repr(face.client(endpoint))


def test_unknown_options(face: Face) -> None:
    with pytest.raises(TypeError):
        face.client(tokn="x")
    client = face.client()
    with pytest.raises(TypeError):
        client.with_options(max_concurrency=3)  # type: ignore[call-arg]


@pytest.mark.parametrize("auth", [5, b"token", ["token"]])
def test_auth_of_a_wrong_type(face: Face, auth: object) -> None:
    with pytest.raises(TypeError, match="auth"):
        face.client(auth=auth)


def test_a_token_that_no_header_can_carry_is_refused_without_being_shown(face: Face) -> None:
    with pytest.raises(ValueError, match="auth") as caught:
        face.client(auth=f"{TOKEN}\nx-other: 1").delete_instances(["a"])
    assert TOKEN not in str(caught.value)
