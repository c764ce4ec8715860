"""The operations, for tests that hold for each of them."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pytest

from tests.preparation import USER

if TYPE_CHECKING:
    from collections.abc import Callable

    from koophone import Client


@dataclass(frozen=True)
class Operation:
    """One operation: how it is called, what it sends, what the service says.

    Attributes:
        names: The service's name and the client's; an error may bear either.
    """

    names: tuple[str, str]
    method: str
    path: str
    call: Callable[[Client], Any]
    body: Any
    data: Any

    @property
    def name(self) -> str:
        """The service's name."""
        return self.names[0]

    def is_named_in(self, text: str) -> bool:
        """Whether the text tells which operation it was."""
        return any(name in text for name in self.names)


LIST = Operation(
    ("ListInstances", "list_instances"),
    "GET",
    "/v1/instances/batch-query",
    lambda client: list(client.list_instances()),
    None,
    {"result": [{"instance_id": "a44uhlf7"}], "total_count": 1},
)
PREPARE = Operation(
    ("BatchPrepareInstances", "prepare_instances"),
    "POST",
    "/v1/instances/prepare",
    lambda client: client.prepare_instances(["a44uhlf7", "efjy72gs"], user_id=USER),
    {"user_id": USER, "instance_ids": ["a44uhlf7", "efjy72gs"]},
    {"status_list": [{"instance_id": "a44uhlf7", "status": 0}, {"instance_id": "efjy72gs", "status": 1}]},
)
PROGRESS = Operation(
    ("ShowProgress", "get_prepare_progress"),
    "POST",
    "/v1/instances/prepare-progress",
    lambda client: client.get_prepare_progress("a44uhlf7", user_id=USER),
    {"user_id": USER, "instance_id": "a44uhlf7"},
    {"status": 1, "waitingCount": 2},
)
RESET = Operation(
    ("BatchResetInstance", "reset_instances"),
    "POST",
    "/v1/instances/batch-reset",
    lambda client: client.reset_instances(["a44uhlf7", "efjy72gs"]),
    {"instance_ids": ["a44uhlf7", "efjy72gs"]},
    None,
)
DELETE = Operation(
    ("DeleteInstance", "delete_instances"),
    "POST",
    "/v1/instances/delete",
    lambda client: client.delete_instances(["a44uhlf7", "efjy72gs"]),
    {"instanceIdList": ["a44uhlf7", "efjy72gs"]},
    None,
)
OPERATIONS = (LIST, PREPARE, PROGRESS, RESET, DELETE)

each_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=attrgetter("name"))
