"""A program over the whole public surface, with the type that each call must have; test_typing.py checks it."""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, assert_type

import koophone
from koophone import (
    ApiError,
    AsyncClient,
    AsyncPager,
    BatchError,
    BatchFailure,
    BatchResult,
    Client,
    Instance,
    InstancePreparation,
    Job,
    KooPhoneError,
    NotFoundError,
    Page,
    Pager,
    PrepareFailedError,
    PrepareProgress,
    PrepareReport,
    Table,
    TransportError,
    WaitProgress,
    WaitTimeoutError,
)
from koophone.testing import Simulator

USER = "1008600000104285462"
YESTERDAY = datetime.now(UTC) - timedelta(days=1)


def lists(client: Client) -> None:
    """Lists with the blocking client."""
    assert_type(client.list_instances(), Pager[Instance])
    pager = client.list_instances(instance_name="desk", start_time=YESTERDAY, page_size=50)
    for phone in pager:
        assert_type(phone, Instance)
        assert_type(phone.instance_id, str)
        assert_type(phone.instance_name, str | None)
    for page in pager.pages():
        assert_type(page, Page[Instance])
    assert_type(pager.total_count, int | None)
    table = client.list_instances().collect()
    assert_type(table, Table[Instance])
    assert_type(table[0], Instance)
    assert_type(len(table), int)
    assert_type(client.get_instance("a44uhlf7"), Instance)
    fields: dict[str, Any] = table[0].to_dict()
    print(fields)


def batches(client: Client, instance_ids: Iterable[str]) -> None:
    """Batches with the blocking client; IDs are any iterable of text."""
    prepared = client.prepare_instances(instance_ids, user_id=USER)
    assert_type(prepared, BatchResult[InstancePreparation])
    for instance_id, preparation in prepared.items():
        assert_type(instance_id, str)
        assert_type(preparation, InstancePreparation)
    assert_type(prepared["a44uhlf7"], InstancePreparation)
    assert_type(client.reset_instances({"a44uhlf7", "b55vimg8"}), BatchResult[Job])
    deleted = client.with_options(on_failure="collect", deadline=60.0).delete_instances(["a44uhlf7"])
    assert_type(deleted, BatchResult[None])
    assert_type(deleted.ok, bool)
    assert_type(deleted.succeeded, tuple[str, ...])
    assert_type(deleted.failures, tuple[BatchFailure, ...])
    mapping: Mapping[str, None] = deleted
    for failure in deleted.failures:
        assert_type(failure.instance_ids, tuple[str, ...])
        error: KooPhoneError = failure.error
        outcome: str = failure.outcome
        print(error, outcome)
    deleted.raise_for_failures()
    print(len(mapping))


def show(progress: WaitProgress) -> None:
    """Draws the progress of a wait."""
    counts = (progress.total, progress.done, progress.ready, progress.failed, progress.pending)
    assert_type(counts, tuple[int, int, int, int, int])
    assert_type(progress.elapsed, float)
    states: Mapping[str, int] = progress.states
    print(counts, states)


async def show_later(progress: WaitProgress) -> None:
    """Draws the progress of a wait, under asyncio."""
    await asyncio.to_thread(show, progress)


def waits(client: Client, instance_ids: list[str]) -> None:
    """Waits with the blocking client."""
    assert_type(client.get_prepare_progress("a44uhlf7", user_id=USER), PrepareProgress)
    report = client.prepare_and_wait(instance_ids, user_id=USER, timeout=600, on_progress=show)
    assert_type(report, PrepareReport)
    assert_type(client.wait_until_ready(iter(instance_ids), user_id=USER, progress=True), PrepareReport)
    assert_type(report.ready, tuple[str, ...])
    assert_type(report.ok, bool)
    assert_type(report.elapsed, float)
    failed: Mapping[str, InstancePreparation | PrepareProgress | KooPhoneError] = report.failed
    pending: Mapping[str, PrepareProgress | None] = report.pending
    print(failed, pending)


def errors(client: Client) -> None:
    """Catches what calls raise."""
    try:
        waits(client, ["a44uhlf7"])
    except BatchError as error:
        some: BatchResult[Any] = error.result
        print(some.failures, [type(each) for each in error.exceptions])
    except ApiError as error:
        assert_type(error.code, str | None)
        status: int | None = error.status
        print(status)
        assert_type(error.request_id, str | None)
        assert_type(error.retryable, bool)
    except TransportError as error:
        assert_type(error.sent, bool)
    except PrepareFailedError as error:
        assert_type(error.report, PrepareReport)
    except WaitTimeoutError as error:
        late: TimeoutError = error
        print(late, error.report.pending)
    try:
        client.reset_instances(["a44uhlf7"])
    except* NotFoundError as group:
        assert_type(group, ExceptionGroup[NotFoundError])


def clients() -> None:
    """Makes clients in each way."""
    with Client("token", endpoint="http://localhost:8000", timeout=10, max_concurrency=8, allow_http=True) as client:
        assert_type(client, Client)
        assert_type(client.with_options(timeout=5.0, default_headers={"x-team": "lab"}), Client)
        assert_type(client.aio, AsyncClient)
        client.close()
    with Simulator(instances=20, seed=7, speed=100.0) as cloud:
        assert_type(cloud, Simulator)
        assert_type(cloud.client(timeout=5.0), Client)
        assert_type(cloud.async_client(), AsyncClient)
        assert_type((cloud.endpoint, cloud.token), tuple[str, str])
        batches(koophone.Client(cloud.token, endpoint=cloud.endpoint), cloud.instance_ids)


async def asynchronous(instance_ids: list[str]) -> None:
    """Does all of it under asyncio."""
    async with AsyncClient() as client:
        assert_type(client, AsyncClient)
        assert_type(client.with_options(deadline=None), AsyncClient)
        assert_type(client.list_instances(), AsyncPager[Instance])
        async for phone in client.list_instances(order_by="instance_id"):
            assert_type(phone, Instance)
        async for page in client.list_instances().pages():
            assert_type(page, Page[Instance])
        assert_type(await client.list_instances().collect(), Table[Instance])
        assert_type(await client.get_instance("a44uhlf7"), Instance)
        assert_type(await client.prepare_instances(instance_ids, user_id=USER), BatchResult[InstancePreparation])
        assert_type(await client.get_prepare_progress("a44uhlf7", user_id=USER), PrepareProgress)
        assert_type(await client.reset_instances(instance_ids), BatchResult[Job])
        assert_type(await client.delete_instances(instance_ids), BatchResult[None])
        assert_type(await client.prepare_and_wait(instance_ids, user_id=USER, on_progress=show_later), PrepareReport)
        assert_type(await client.wait_until_ready(instance_ids, user_id=USER, on_progress=show), PrepareReport)
        await client.aclose()


async def tasks(client: AsyncClient) -> None:
    """Starts operations as the coroutines that they are."""
    async with asyncio.TaskGroup() as group:
        reset = group.create_task(client.reset_instances(["a44uhlf7"]))
        found = asyncio.create_task(client.get_instance("a44uhlf7"))
    assert_type(reset.result(), BatchResult[Job])
    assert_type(await asyncio.wait_for(found, 1), Instance)
    both = await asyncio.gather(client.get_instance("a44uhlf7"), client.delete_instances(["a44uhlf7"]))
    assert_type(both, tuple[Instance, BatchResult[None]])
