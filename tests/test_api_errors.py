"""Which error an answer of the service or of its gateway becomes, and what it says."""

from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING

import pytest

import koophone
from koophone import ApiError, KooPhoneError
from tests.answers import failure, html, plain_json, raw
from tests.face import TOKEN
from tests.operations import OPERATIONS, PROGRESS, Operation, each_operation

if TYPE_CHECKING:
    from koophone import Client
    from tests.scripted_server import Answer, ScriptedServer

BUSINESS = {
    "InvalidRequestError": "1000 1002 0001 0002 0005 3002 3003 3006 3007 3008 3009 5002 5004",
    "PermissionDeniedError": "1001 1012 2002",
    "NotSubscribedError": "1004",
    "NotFoundError": "4001 0000 0004 2001",
    "ConflictError": "2003 2004 2005 2006 2210 5001 5005",
    "ServerError": "9999",
}
GATEWAY = {
    "AuthenticationError": "0301 0305 0307",
    "PermissionDeniedError": "0302",
    "NotFoundError": "0101",
    "RateLimitError": "0308",
}
CODES = [
    *((f"KOOPHONE.API.{number}", name) for name, numbers in BUSINESS.items() for number in numbers.split()),
    *((f"{prefix}.{n}", name) for name, ns in GATEWAY.items() for n in ns.split() for prefix in ("APIGW", "APIG")),
    ("CPS0005", "NotFoundError"),
    ("CPS.0005", "NotFoundError"),
    ("KPAPI.2209", "ConflictError"),
    ("KooPhone.API.1001", "PermissionDeniedError"),
    ("koophone.api.4001", "NotFoundError"),
    ("apigw.0308", "RateLimitError"),
    ("kpapi.2209", "ConflictError"),
    ("cps0005", "NotFoundError"),
]
STATUSES = {
    401: "AuthenticationError",
    403: "PermissionDeniedError",
    404: "NotFoundError",
    429: "RateLimitError",
    500: "ServerError",
    502: "ServerError",
    503: "ServerError",
    504: "ServerError",
    400: "ApiError",
    409: "ApiError",
    418: "ApiError",
}


def error_from(client: Client, server: ScriptedServer, answer: Answer, operation: Operation = PROGRESS) -> ApiError:
    """The error that this answer becomes."""
    server.serve(answer)
    with pytest.raises(ApiError) as caught:
        operation.call(client)
    return caught.value


@pytest.mark.parametrize(("code", "name"), CODES)
@pytest.mark.parametrize("status", [200, 418])
def test_a_known_code_decides_whatever_the_status(
    client: Client, server: ScriptedServer, code: str, name: str, status: int
) -> None:
    error = error_from(client, server, failure(code, status=status))
    assert (type(error).__name__, error.code, error.status) == (name, code, status)


@pytest.mark.parametrize(("code", "status", "name"), [
    ("KOOPHONE.API.1001", 401, "PermissionDeniedError"),
    ("KOOPHONE.API.4001", 500, "NotFoundError"),
    ("KOOPHONE.API.9999", 400, "ServerError"),
    ("KOOPHONE.API.1000", 500, "InvalidRequestError"),
])  # fmt: skip
def test_a_known_code_wins_over_a_status_that_would_say_otherwise(
    client: Client, server: ScriptedServer, code: str, status: int, name: str
) -> None:
    assert type(error_from(client, server, failure(code, status=status))).__name__ == name


@pytest.mark.parametrize(("status", "name"), STATUSES.items())
@pytest.mark.parametrize("code", ["KOOPHONE.API.7777", "common.00000123", "KP.API.0001", "APIGW.7777", "", "1000x"])
def test_with_an_unknown_code_the_status_decides(
    client: Client, server: ScriptedServer, status: int, name: str, code: str
) -> None:
    assert type(error_from(client, server, failure(code, status=status))).__name__ == name


@pytest.mark.parametrize(("status", "name"), STATUSES.items())
def test_without_a_readable_body_the_status_decides(
    client: Client, server: ScriptedServer, status: int, name: str
) -> None:
    for answer in (html(status), raw(b"", status), raw(b'{"error_', status), plain_json([], status)):
        error = error_from(client, server, answer)
        assert (type(error).__name__, error.code, error.status) == (name, None, status)


@pytest.mark.parametrize(("status", "name"), STATUSES.items())
def test_a_code_of_success_does_not_hide_a_status_of_failure(
    client: Client, server: ScriptedServer, status: int, name: str
) -> None:
    for operation in OPERATIONS:
        answer = plain_json({"error_code": "0", "error_msg": "OK", "data": operation.data}, status)
        assert type(error_from(client, server, answer, operation)).__name__ == name


def test_an_unknown_code_with_status_200_is_a_plain_error(client: Client, server: ScriptedServer) -> None:
    error = error_from(client, server, failure("KOOPHONE.API.7777", "something new"))
    assert type(error) is ApiError
    assert (error.code, error.message, error.status) == ("KOOPHONE.API.7777", "something new", 200)


@each_operation
def test_an_error_names_operation_code_message_and_request(
    client: Client, server: ScriptedServer, operation: Operation
) -> None:
    error = error_from(client, server, failure("KOOPHONE.API.1001", "no right to it"), operation)
    request_id = server.requests[0].header("x-request-id")
    assert (error.message, error.request_id) == ("no right to it", request_id)
    assert error.operation in operation.names
    assert request_id is not None
    for part in ("no right to it", "KOOPHONE.API.1001", request_id):
        assert part in str(error)


def test_the_request_id_of_the_gateway_is_the_one_to_report(client: Client, server: ScriptedServer) -> None:
    answer = failure("APIGW.0301", "Incorrect IAM authentication information", 401, request_id="gateway-1")
    error = error_from(client, server, answer)
    assert error.request_id == "gateway-1"
    assert "gateway-1" in str(error)
    body = {"error_code": "APIGW.0302", "error_msg": "denied"}
    assert error_from(client, server, plain_json(body, 403, x_request_id="gateway-2")).request_id == "gateway-2"


@pytest.mark.parametrize(
    "code", ["KOOPHONE.API.5001", "KOOPHONE.API.1001", "KOOPHONE.API.4001", "APIGW.0301", "APIGW.0308"]
)
def test_a_known_code_tells_what_to_do_about_it(client: Client, server: ScriptedServer, code: str) -> None:
    error = error_from(client, server, failure(code))
    assert error.hint
    assert error.hint in str(error)


@pytest.mark.parametrize(
    ("answer", "retryable"),
    [
        (failure("KOOPHONE.API.9999"), True),
        (failure("APIGW.0308", status=429), True),
        (html(503), True),
        (failure("KOOPHONE.API.4001", status=500), False),
        (failure("KOOPHONE.API.1000"), False),
        (failure("APIGW.0301", status=401), False),
    ],
    ids=["9999", "429", "503", "4001", "1000", "401"],
)
def test_an_error_tells_whether_asking_again_may_help(
    client: Client, server: ScriptedServer, answer: Answer, retryable: bool
) -> None:
    assert error_from(client, server, answer).retryable is retryable


def test_a_missing_message_is_no_obstacle(client: Client, server: ScriptedServer) -> None:
    for body in ({"error_code": "KOOPHONE.API.1000"}, {"error_code": "KOOPHONE.API.1000", "error_msg": None}):
        assert "KOOPHONE.API.1000" in str(error_from(client, server, plain_json(body)))


def test_no_error_shows_the_token(client: Client, server: ScriptedServer) -> None:
    error = error_from(client, server, failure("APIGW.0301", "decrypt token fail", 401))
    assert TOKEN not in f"{error}{error!r}{vars(error)}"


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_errors_survive_copies_and_pickles(client: Client, server: ScriptedServer, again: object) -> None:
    error = error_from(client, server, failure("APIGW.0308", "slowly", 429, request_id="g"))
    twin = again(error)  # type: ignore[operator]
    names = ("code", "message", "status", "request_id", "operation", "hint", "retryable", "attempts", "args")
    assert type(twin) is type(error)
    assert {name: getattr(twin, name) for name in names} == {name: getattr(error, name) for name in names}
    assert str(twin) == str(error)


def test_the_classes_form_the_documented_tree() -> None:
    below_api = {*BUSINESS, *GATEWAY}
    assert all(issubclass(getattr(koophone, name), ApiError) for name in below_api)
    assert issubclass(koophone.ApiError, KooPhoneError)
    for name in (
        "TransportError",
        "DecodeError",
        "CredentialsError",
        "BatchError",
        "InternalError",
        "WaitTimeoutError",
    ):
        assert issubclass(getattr(koophone, name), KooPhoneError)
        assert not issubclass(getattr(koophone, name), ApiError)
    assert issubclass(koophone.ConnectError, koophone.TransportError)
    assert issubclass(koophone.RequestTimeoutError, (koophone.TransportError))
    assert issubclass(koophone.RequestTimeoutError, TimeoutError)
    assert issubclass(koophone.WaitTimeoutError, TimeoutError)
    assert issubclass(koophone.BatchError, ExceptionGroup)
    assert issubclass(koophone.PrepareFailedError, KooPhoneError)
