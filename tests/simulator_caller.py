"""Plain HTTP calls of a simulator, with nothing of the package's own client in them."""

import http.client
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from koophone.testing import Simulator

Json = Any  # whatever the service answers

USER = "1008600000104285462"
PREPARE = "/v1/instances/prepare"
PROGRESS = "/v1/instances/prepare-progress"
RESET = "/v1/instances/batch-reset"
DELETE = "/v1/instances/delete"
LIST = "/v1/instances/batch-query"


@dataclass(frozen=True)
class Reply:
    """An answer."""

    status: int
    headers: Mapping[str, str]
    body: Json

    @property
    def code(self) -> Json:
        """The answer's `error_code`."""
        return self.body["error_code"]

    @property
    def data(self) -> Json:
        """The answer's `data`."""
        return self.body["data"]

    @property
    def ids(self) -> tuple[str, ...]:
        """The IDs of the rows of a page."""
        return tuple(row["instance_id"] for row in self.data["result"])


def send(
    cloud: Simulator, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
) -> Reply:
    """Sends one request on a connection of its own."""
    connection = http.client.HTTPConnection(urlsplit(cloud.endpoint).netloc, timeout=30)
    try:
        headers = {"X-Auth-Token": cloud.token} if headers is None else headers
        connection.request(method, path, json.dumps(body), dict(headers))
        response = connection.getresponse()
        return Reply(response.status, dict(response.getheaders()), json.loads(response.read()))
    finally:
        connection.close()


def page(cloud: Simulator, page_no: object = 1, page_size: object = 200, **filters: str) -> Reply:
    """Asks for one page of the listing."""
    query = {"x-request-id": "test", "page_no": page_no, "page_size": page_size} | filters
    return send(cloud, "GET", f"{LIST}?{urlencode(query)}")


def row(cloud: Simulator, instance_id: str) -> Json:
    """The row of one instance in the listing."""
    return page(cloud, instance_id=instance_id).data["result"][0]


def prepare(cloud: Simulator, instance_ids: Iterable[str]) -> Reply:
    """Asks to prepare instances."""
    return send(cloud, "POST", PREPARE, {"user_id": USER, "instance_ids": list(instance_ids)})


def progress(cloud: Simulator, instance_id: str) -> Reply:
    """Asks how far an instance has come."""
    return send(cloud, "POST", PROGRESS, {"user_id": USER, "instance_id": instance_id})


def reset(cloud: Simulator, instance_ids: Iterable[str]) -> Reply:
    """Asks to reset instances."""
    return send(cloud, "POST", RESET, {"instance_ids": list(instance_ids)})


def delete(cloud: Simulator, instance_ids: Iterable[str]) -> Reply:
    """Asks to delete instances."""
    return send(cloud, "POST", DELETE, {"instanceIdList": list(instance_ids)})


def backed_up(cloud: Simulator) -> str:
    """An instance that has to be restored before it can stream."""
    rows = page(cloud).data["result"]
    found = next(each for each in rows if each["backup_status"] == 2 and each["phone_id"] == "null")
    return str(found["instance_id"])
