"""A tiny listing for the scripted server, in every shape that the service has been seen to give it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from tests.answers import success

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.scripted_server import Answer, Request


def phone_ids(count: int) -> list[str]:
    """That many instance IDs, in an order that sorting keeps."""
    return [f"phone-{number:05}" for number in range(count)]


@dataclass
class Fleet:
    """Answers batch-query.

    Attributes:
        ids: The instances, in the service's order.
        fields: Where the paging fields stand.
        cap: The largest page that it gives, whatever is asked.
        skips_by: Whether page n starts after n-1 pages of the size asked or of the size given.
        with_total: Whether it tells the total.
        after_page: Called with the number of each page that has been made.
    """

    ids: list[str]
    fields: Literal["inside", "beside", "both"] = "inside"
    cap: int = 200
    skips_by: Literal["asked", "given"] = "given"
    with_total: bool = True
    after_page: Callable[[int], None] = lambda _: None

    def __call__(self, request: Request) -> Answer:
        """Gives the page that the request asks for."""
        page_no, asked = int(request.query["page_no"]), int(request.query["page_size"])
        given = min(asked, self.cap)
        start = (page_no - 1) * (asked if self.skips_by == "asked" else given)
        page: dict[str, Any] = {"page_no": page_no, "page_size": given}
        if self.with_total:
            page["total_count"] = len(self.ids)
        rows = [{"instance_id": one} for one in self.ids[start : start + given]]
        self.after_page(page_no)
        inside = page if self.fields in {"inside", "both"} else {}
        beside = page if self.fields in {"beside", "both"} else {}
        return success({"result": rows} | inside, **beside)
