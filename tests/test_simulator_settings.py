"""What a simulator can be told before it starts."""

from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest

from koophone.testing import Simulator
from tests.simulator_caller import page, prepare, progress, reset


@pytest.mark.parametrize(
    ("place", "places"), [("inside", {"inside"}), ("beside", {"beside"}), ("both", {"inside", "beside"})]
)
def test_page_fields_are_where_they_were_asked_for(
    place: Literal["inside", "beside", "both"], places: set[str]
) -> None:
    with Simulator(3, page_fields=place) as cloud:
        body = page(cloud, 1, 2).body
        fields = {"page_no": 1, "page_size": 2, "total_count": 3}.items()
        found = {name for name, holder in (("beside", body), ("inside", body["data"])) if fields <= holder.items()}
        assert found == places
        assert len(body["data"]["result"]) == 2


@pytest.mark.parametrize("status", [200, 400])
def test_business_errors_come_with_the_status_asked_for(status: Literal[200, 400]) -> None:
    with Simulator(1, business_status=status) as cloud:
        assert prepare(cloud, ["nobody00"]).status == status
        assert prepare(cloud, cloud.instance_ids).status == 200


def test_a_reset_can_come_without_data() -> None:
    with Simulator(1, reset_data=False) as cloud:
        assert reset(cloud, cloud.instance_ids).body == {"error_code": "0", "error_msg": "OK"}


def test_the_code_of_a_success_can_be_a_number() -> None:
    with Simulator(1, numeric_error_code=True) as cloud:
        assert prepare(cloud, cloud.instance_ids).code == 0
        assert prepare(cloud, ["nobody00"]).code == "KOOPHONE.API.4001"


def test_a_capped_page_says_so() -> None:
    with Simulator(50, max_page_size=20) as cloud:
        second = page(cloud, 2, 200)
        assert (second.ids, second.data["page_size"]) == (cloud.instance_ids[20:40], 20)


def test_one_seed_gives_one_fleet_and_one_course_whoever_is_asked_first() -> None:
    with Simulator(seed=5, speed=1e-9) as one, Simulator(seed=5, speed=1e-9) as other:
        for cloud, ids in ((one, one.instance_ids), (other, one.instance_ids[::-1])):
            for instance_id in ids:
                prepare(cloud, [instance_id])
        assert page(one).body == page(other).body
        assert [progress(one, each).data for each in one.instance_ids] == [
            progress(other, each).data for each in one.instance_ids
        ]
        assert one.token == other.token


def test_another_seed_gives_another_fleet() -> None:
    with Simulator(seed=1) as one, Simulator(seed=2) as other:
        assert not set(one.instance_ids) & set(other.instance_ids)
        assert one.token != other.token


def test_time_is_virtual_and_runs_at_its_speed() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    with Simulator(speed=1e-9) as slow, Simulator(speed=1e6) as quick:
        assert slow.now - start < timedelta(seconds=1)
        while quick.now - start < timedelta(hours=1):
            pass
        assert quick.now.tzinfo is UTC


def test_a_port_in_use_is_an_error_and_free_again_after_closing() -> None:
    with Simulator(1) as first:
        port = urlsplit(first.endpoint).port or 0
        with pytest.raises(OSError, match="in use"):
            Simulator(1, port=port)
    with Simulator(1, port=port) as second:
        assert second.endpoint == first.endpoint


@pytest.mark.parametrize(
    "argument",
    [
        {"instances": -1},
        {"instances": 2**70},
        {"seed": -1},
        {"seed": 2**64},
        {"speed": 0},
        {"speed": -1.0},
        {"speed": float("nan")},
        {"speed": float("inf")},
        {"host": "0.0.0.0"},  # noqa: S104
        {"host": "example.com"},
        {"port": -1},
        {"port": 65536},
        {"port": 2**200},
        {"page_fields": "outside"},
        {"business_status": 500},
        {"business_status": 201},
        {"max_page_size": 0},
        {"max_page_size": 201},
    ],
)
def test_an_argument_that_cannot_be_is_an_error_that_names_it(argument: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=f"^{next(iter(argument))} must be"):
        Simulator(**argument)


def test_an_argument_of_a_wrong_type_is_a_type_error_that_names_it() -> None:
    arguments: list[Any] = ["200", 2.5, None]
    for argument in arguments:
        with pytest.raises(TypeError, match="instances"):
            Simulator(argument)
