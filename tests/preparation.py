"""Prepare and prepare-progress for the scripted server: each instance goes through the states a test names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.answers import success
from tests.scripted_server import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.scripted_server import Request

PREPARE, PROGRESS = "/v1/instances/prepare", "/v1/instances/prepare-progress"
USER = "1008600000104285462"


@dataclass
class Preparation:
    """Answers prepare and prepare-progress.

    Attributes:
        prepare: Status in the answer of prepare by ID; 1 (to be restored) for others.
        progress: Answers of prepare-progress by ID, one after another, the last for good; 0 (ready) for others.
        polls: How often prepare-progress was asked, by ID.
    """

    prepare: Mapping[str, int] = field(default_factory=dict)
    progress: Mapping[str, Sequence[int | Answer]] = field(default_factory=dict)
    polls: Counter[str] = field(default_factory=Counter)

    def __call__(self, request: Request) -> Answer:
        """Answers one request."""
        if request.path == PREPARE:
            ids = request.json["instance_ids"]
            return success({"status_list": [{"instance_id": one, "status": self.prepare.get(one, 1)} for one in ids]})
        return self._progress_of(request.json["instance_id"])

    def _progress_of(self, instance_id: str) -> Answer:
        answers = self.progress.get(instance_id, [0])
        answer = answers[min(self.polls[instance_id], len(answers) - 1)]
        self.polls[instance_id] += 1
        return answer if isinstance(answer, Answer) else success({"status": answer, "waitingCount": 0})
