"""The simulator, asked by a plain HTTP client."""

import contextlib
import http.client
import os
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from koophone.testing import Simulator
from tests.simulator_caller import (
    LIST,
    PREPARE,
    USER,
    backed_up,
    delete,
    page,
    prepare,
    progress,
    reset,
    row,
    send,
)


@pytest.fixture
def cloud() -> Iterator[Simulator]:
    with Simulator() as cloud:
        yield cloud


def test_pages_hold_the_whole_fleet_in_order(cloud: Simulator) -> None:
    first, second = page(cloud, 1, 150), page(cloud, 2, 150)
    assert first.ids + second.ids == cloud.instance_ids
    assert (len(second.ids), second.data["total_count"]) == (50, 200)


def test_a_preparation_queues_restores_and_ends_ready() -> None:
    with Simulator(speed=20) as cloud:
        instance_id = backed_up(cloud)
        assert prepare(cloud, [instance_id]).data["status_list"] == [{"instance_id": instance_id, "status": 1}]
        seen: list[tuple[int, int]] = []
        while not seen or seen[-1][0]:
            data = progress(cloud, instance_id).data
            seen.append((data["status"], data["waitingCount"]))
        waiting = [count for status, count in seen if status == 1]
        assert len(set(waiting)) > 1
        assert waiting == sorted(waiting, reverse=True)
        assert list(dict.fromkeys(seen[len(waiting) :])) == [(2, 0), (0, 0)]
        ready = row(cloud, instance_id)
        assert (ready["running_status"], ready["restore_status"], ready["assign_user"]) == (2, 2, USER)


def test_a_marked_instance_fails_to_prepare_while_marked() -> None:
    with Simulator(speed=1000) as cloud:
        instance_id = backed_up(cloud)
        for marked, end in ((True, -1), (False, 0)):
            cloud.change_instance(instance_id, fails_to_prepare=marked)
            prepare(cloud, [instance_id])
            while (status := progress(cloud, instance_id).data["status"]) not in {0, -1}:
                pass
            assert status == end


def test_reset_and_delete_change_what_the_listing_shows(cloud: Simulator) -> None:
    kept, gone = cloud.instance_ids[:2]
    before = row(cloud, kept)
    data = reset(cloud, [kept]).data
    assert data["task_id"].startswith("RM_")
    assert [job["instance_id"] for job in data["cmd_jobs"]] == [kept]
    assert (before["running_status"] != 4, row(cloud, kept)["running_status"]) == (True, 4)
    assert delete(cloud, [gone]).body == {"data": None, "error_code": "0", "error_msg": "OK"}
    assert gone not in page(cloud).ids
    assert len(cloud.instance_ids) == 199


def test_unknown_instances_have_a_code_by_operation(cloud: Simulator) -> None:
    codes = [
        prepare(cloud, ["nobody00"]).code,
        progress(cloud, "nobody00").code,
        reset(cloud, ["nobody00"]).code,
        delete(cloud, ["nobody00"]).code,
    ]
    assert codes == ["KOOPHONE.API.4001", "KOOPHONE.API.4001", "KOOPHONE.API.1001", "KOOPHONE.API.1001"]


def test_foreign_instances_are_refused_and_not_listed(cloud: Simulator) -> None:
    foreign = cloud.instance_ids[0]
    cloud.change_instance(foreign, tenant="another")
    codes = [prepare(cloud, [foreign]).code, progress(cloud, foreign).code, reset(cloud, [foreign]).code]
    assert codes == ["KOOPHONE.API.1001"] * 3
    assert delete(cloud, [foreign]).code == "KOOPHONE.API.1012"
    assert foreign not in page(cloud).ids
    assert foreign not in cloud.instance_ids


def test_one_pay_per_use_instance_keeps_a_whole_batch_from_deletion(cloud: Simulator) -> None:
    ids = cloud.instance_ids
    cloud.change_instance(ids[1], billing_mode="0")
    refused = delete(cloud, ids[:3])
    assert (refused.code, ids[1] in refused.body["error_msg"]) == ("KOOPHONE.API.5001", True)
    assert cloud.instance_ids == ids


@pytest.mark.parametrize("ids", [[], ["a"] * 101, [""], ["a" * 33], [7], "text"])
def test_lists_that_cannot_be_are_bad_parameters(cloud: Simulator, ids: object) -> None:
    for path, body in (
        (PREPARE, {"user_id": USER, "instance_ids": ids}),
        ("/v1/instances/batch-reset", {"instance_ids": ids}),
        ("/v1/instances/delete", {"instanceIdList": ids}),
    ):
        assert send(cloud, "POST", path, body).code == "KOOPHONE.API.1000"


@pytest.mark.parametrize(("page_no", "page_size"), [(0, 10), (-1, 10), ("x", 10), ("", 10), (1, 0), (1, 201), (1, "x")])
def test_bad_paging_is_a_bad_parameter(cloud: Simulator, page_no: object, page_size: object) -> None:
    assert page(cloud, page_no, page_size).code == "KOOPHONE.API.1000"


def test_bad_times_have_codes_of_their_own(cloud: Simulator) -> None:
    assert page(cloud, query_start_time="2025-12-01").code == "KOOPHONE.API.5002"
    turned = {"query_start_time": "2025-12-02 00:00:00", "query_end_time": "2025-12-01 00:00:00"}
    assert page(cloud, **turned).code == "KOOPHONE.API.5004"


@pytest.mark.parametrize("headers", [{}, {"X-Auth-Token": "wrong"}])
def test_a_wrong_or_missing_token_gets_the_gateways_answer(cloud: Simulator, headers: dict[str, str]) -> None:
    reply = send(cloud, "POST", PREPARE, {}, headers | {"x-request-id": "mine"})
    assert (reply.status, reply.code, reply.body["request_id"]) == (401, "APIGW.0301", "mine")
    assert reply.body["error_msg"].startswith("Incorrect IAM authentication information")
    assert reply.headers["x-request-id"] == "mine"


def test_an_unknown_path_gets_the_gateways_answer(cloud: Simulator) -> None:
    reply = send(cloud, "GET", "/v1/instances/unheard-of")
    assert (reply.status, reply.code) == (404, "APIGW.0101")


def test_closing_ends_open_connections_at_once() -> None:
    cloud = Simulator(1)
    host, port = urlsplit(cloud.endpoint).netloc.split(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=30)
    connection.request("GET", LIST, headers={"X-Auth-Token": cloud.token})
    connection.getresponse().read()
    with socket.create_connection((host, int(port)), timeout=30) as unfinished:
        unfinished.sendall(b"POST " + PREPARE.encode() + b" HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{")
        cloud.close()
        assert _ends(unfinished)
        assert _ends(connection.sock)
    connection.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host, int(port)), timeout=30)
    cloud.close()


def _ends(connection: socket.socket) -> bool:
    """Whether the peer has closed; with bytes of ours unread, the kernel says so by a reset."""
    with contextlib.suppress(ConnectionResetError):
        return connection.recv(1) == b""
    return True


def test_fifty_live_side_by_side_and_one_hears_what_the_others_do_not() -> None:
    with contextlib.ExitStack() as stack:
        clouds = [stack.enter_context(Simulator(10, seed=seed)) for seed in range(50)]
        delete(clouds[0], clouds[0].instance_ids[:1])
        assert [page(cloud).data["total_count"] for cloud in clouds] == [9] + [10] * 49


def test_changing_an_unknown_instance_is_a_lookup_error_that_names_it(cloud: Simulator) -> None:
    with pytest.raises(LookupError, match="nobody00"):
        cloud.change_instance("nobody00", tenant="another")


def test_repr_shows_the_endpoint_and_not_the_token(cloud: Simulator) -> None:
    assert repr(cloud) == f"<Simulator at {cloud.endpoint}>"


def test_a_forked_child_can_call_it_but_neither_stop_nor_hold_it(cloud: Simulator) -> None:
    prepared = backed_up(cloud)
    child = os.fork()
    if not child:
        os._exit(_as_a_child(cloud, prepared))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert row(cloud, prepared)["assign_user"] == USER


def _as_a_child(cloud: Simulator, instance_id: str) -> int:
    """0 where everything is as it should be."""
    try:
        assert prepare(cloud, [instance_id]).code == "0"
        with pytest.raises(RuntimeError, match="process that started it"):
            _ = cloud.instance_ids
        cloud.close()
        del cloud._server  # noqa: SLF001
    except BaseException:  # noqa: BLE001
        return 1
    return 0
