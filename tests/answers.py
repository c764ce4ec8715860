"""Answers of the service, of its gateway, and of whatever else may stand at the address."""

from __future__ import annotations

import json
from typing import Any

from tests.scripted_server import Answer, Gate

MIB = 1 << 20
ABSENT: Any = object()


def head(status: int = 200, /, **headers: str | int) -> bytes:
    """The head of an answer; `content_length=3` is `content-length: 3`."""
    lines = [f"HTTP/1.1 {status} Reason"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def raw(body: bytes, status: int = 200, /, **headers: str | int) -> Answer:
    """Any body, whole."""
    first: dict[str, str | int] = {"content_type": "application/json", "content_length": len(body)}
    return Answer([head(status, **(first | headers)) + body])


def plain_json(value: Any, status: int = 200, /, **headers: str | int) -> Answer:
    """Any value as JSON."""
    return raw(json.dumps(value).encode(), status, **headers)


def success(data: Any = ABSENT, /, **beside: Any) -> Answer:
    """The service's envelope, with `data` unless left out, and other fields beside it."""
    inside = {} if data is ABSENT else {"data": data}
    return plain_json({"error_code": "0", "error_msg": "OK"} | inside | beside)


def failure(code: Any, message: str = "no, thank you", status: int = 200, **beside: Any) -> Answer:
    """A business or gateway error; `request_id=` as the gateway gives it."""
    return plain_json({"error_code": code, "error_msg": message} | beside, status)


def html(status: int = 200, /) -> Answer:
    """What a proxy or a captive portal says."""
    return raw(b"<html><body>Welcome</body></html>", status, content_type="text/html")


def redirect(location: str, status: int = 307, /) -> Answer:
    """A redirect with an empty body."""
    return raw(b"", status, location=location)


def cut_json() -> Answer:
    """JSON that ends in the middle although the body is whole."""
    return raw(b'{"error_code": "0", "data": {"resu')


def too_large(*, announced: bool) -> Answer:
    """JSON of more than 64 MiB, with its length announced or in chunks."""
    text = b" " * MIB
    if announced:
        return Answer([head(content_type="application/json", content_length=65 * MIB), *[text] * 65])
    chunk = b"%x\r\n%s\r\n" % (MIB, text)
    return Answer([head(content_type="application/json", transfer_encoding="chunked"), *[chunk] * 65, b"0\r\n\r\n"])


def stalled(gate: Gate | None = None, then: Answer | None = None) -> Answer:
    """Nothing until the gate opens, for good without one."""
    return Answer([gate or Gate(), *(then or success()).steps])


def stalled_body(gate: Gate | None = None) -> Answer:
    """Half a body, the rest when the gate opens."""
    body = b'{"error_code": "0"}'
    return Answer([head(content_length=len(body)) + body[:9], gate or Gate(), body[9:]])


def closed() -> Answer:
    """The connection closes without an answer."""
    return Answer([], "close")


def closed_in_body() -> Answer:
    """The connection closes in the middle of the body."""
    return Answer([head(content_type="application/json", content_length=100) + b'{"error_code"'], "close")


def reset_connection() -> Answer:
    """The connection is reset without an answer."""
    return Answer([], "reset")
