"""
The compiled core of `koophone`.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from koophone.batches import BatchResult
from koophone.enums import AssignStatus, FrozenStatus, LoginStatus, PrepareStatus, ProgressStatus, RunningStatus, TransferStatus
from koophone.paging import AsyncPager, Pager
from koophone.progress import OnProgress
from koophone.reports import PrepareReport
from typing import Any, Final, SupportsFloat, SupportsIndex, final

__all__ = ["__version__", "AsyncClient", "Call", "Client", "Instance", "InstancePreparation", "Job", "PageSource", "PrepareProgress", "Reading", "Rows", "SimulatorServer", "_panic_at_next_request"]

__version__: Final[str]

@final
class AsyncClient:
    """
    A client whose methods are awaited, under asyncio. `async with` closes it; so does `await aclose()`.

    It takes the arguments of `Client` and has the same methods.

    Example:
        >>> import asyncio
        >>> from koophone.testing import Simulator
        >>> async def count(cloud):
        ...     async with koophone.AsyncClient(cloud.token, endpoint=cloud.endpoint) as client:
        ...         return len(await client.list_instances().collect())
        >>> with Simulator(instances=3) as cloud:
        ...     asyncio.run(count(cloud))
        3
    """
    async def __aenter__(self, /) -> AsyncClient: ...
    async def __aexit__(self, /, *_exc_info: "object") -> None: ...
    def __copy__(self, /) -> AsyncClient: ...
    def __deepcopy__(self, /, _memo: Any) -> AsyncClient: ...
    def __new__(cls, /, auth: "str | None" = None, *, endpoint: str | None = None, timeout: "float" = 30.0, connect_timeout: "float" = 5.0, deadline: "float | None" = None, max_concurrency: "int" = 16, default_headers: Mapping[str, str] | None = None, allow_http: bool = False, allow_secret_pickle: bool = False) -> AsyncClient: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __repr__(self, /) -> str: ...
    async def aclose(self, /) -> None:
        """
        Closes the client and its copies; later calls raise `RuntimeError`.
        """
    async def delete_instances(self, /, instance_ids: Iterable[str]) -> BatchResult[None]:
        """
        Deletes (unsubscribes) yearly/monthly instances for good (DeleteInstance).

        A request is sent for each 100 instances.

        Args:
            instance_ids: Any number of IDs, each at most 32 characters; one that comes twice is sent once.

        Returns:
            None for each instance that was deleted.

        Raises:
            BatchError: Some of several requests failed; `.result` tells what became of every ID.
            KooPhoneError: The only request failed; it has `.result`, too. `ConflictError` for pay-per-use instances.
            TypeError: An argument has the wrong type.
            ValueError: An ID can never be right.

        Example:
            >>> from koophone.testing import Simulator
            >>> with Simulator(instances=3) as cloud, cloud.client() as client:
            ...     result = client.delete_instances(cloud.instance_ids[:2])
            ...     len(result), len(client.list_instances().collect())
            (2, 1)
        """
    async def get_instance(self, /, instance_id: str) -> Instance:
        """
        Gives the one instance with exactly this ID (ListInstances, with the ID as filter).

        Args:
            instance_id: The instance, at most 32 characters.

        Raises:
            NotFoundError: There is none, with `code` None and `status` 200.
            KooPhoneError: The list could not be had.
            ValueError: The ID can never be right.

        Example:
            >>> from koophone.testing import Simulator
            >>> with Simulator(instances=3) as cloud, cloud.client() as client:
            ...     client.get_instance(cloud.instance_ids[1]).instance_name
            'demo-00002'
        """
    async def get_prepare_progress(self, /, instance_id: str, *, user_id: str) -> PrepareProgress:
        """
        Tells how far the preparation of one instance is (ShowProgress).

        Args:
            instance_id: The instance, at most 32 characters.
            user_id: The user that it is prepared for, at most 32 characters.

        Raises:
            NotFoundError: There is no such instance.
            KooPhoneError: The request failed.
            ValueError: An ID can never be right.

        Example:
            >>> from koophone.testing import Simulator
            >>> with Simulator(instances=1, speed=100) as cloud, cloud.client() as client:
            ...     report = client.prepare_and_wait(cloud.instance_ids, user_id="1008600000104285462")
            ...     client.get_prepare_progress(cloud.instance_ids[0], user_id="1008600000104285462").status
            <ProgressStatus.NORMAL: 0>
        """
    def list_instances(self, /, *, instance_id: str | None = None, instance_name: str | None = None, start_time: datetime | None = None, end_time: datetime | None = None, pool_scene_tag: str | None = None, pool_name: str | None = None, order: str | None = None, order_by: str | None = None, page_size: "int" = 200) -> AsyncPager[Instance]:
        """
        Lists the instances of the project (ListInstances).

        Nothing is sent before the first page is asked for. While one page is read, the next is being fetched.

        Args:
            instance_id: Only this instance, at most 32 characters.
            instance_name: Only instances with this name.
            start_time: Only instances from then on; a naive time is taken as UTC.
            end_time: Only instances until then; a naive time is taken as UTC.
            pool_scene_tag: Only this scene, `"CLOUD_APP"` or `"CLOUD_PHONE"`.
            pool_name: Only this node group.
            order: `"asc"` or `"desc"`.
            order_by: The field to sort by.
            page_size: How many instances to ask for at a time, 1 to 200. The service may give fewer.

        Returns:
            A pager: iterate over it, over its `pages()`, or `collect()` it.

        Raises:
            TypeError: An argument has the wrong type.
            ValueError: An argument can never be right.
            KooPhoneError: While reading: a page could not be had.

        Example:
            >>> from koophone.testing import Simulator
            >>> with Simulator(instances=3) as cloud, cloud.client() as client:
            ...     [phone.instance_name for phone in client.list_instances()]
            ['demo-00001', 'demo-00002', 'demo-00003']
        """
    async def prepare_and_wait(self, /, instance_ids: Iterable[str], *, user_id: str, timeout: "float" = 900.0, poll_interval: "float" = 3.0, progress: bool = False, on_progress: OnProgress | None = None) -> PrepareReport:
        """
        Prepares instances and waits until each is ready or has failed (BatchPrepareInstances, then ShowProgress).

        Instances that fail do not stop the others. One scheduler in the core follows them all.

        Args:
            instance_ids: Any number of IDs, each at most 32 characters.
            user_id: The user, at most 32 characters.
            timeout: Seconds until the wait is given up, preparing included.
            poll_interval: Seconds between two polls of one instance.
            progress: Whether to draw a bar: tqdm's if that is installed, otherwise a line on stderr.
            on_progress: Called with a `WaitProgress` when something changed, at most every 0.2 seconds, and at the end;
                with `AsyncClient` it may be an `async def`. An exception from it ends the wait.

        Returns:
            What became of each instance.

        Raises:
            PrepareFailedError: Some instances failed, the others are ready; `.report` tells of each.
            WaitTimeoutError: The time was up; `.report` tells of each.
            AuthenticationError: The token was not accepted; `.report` tells of each.
            TypeError: An argument has the wrong type.
            ValueError: An argument can never be right.

        Example:
            >>> from koophone.testing import Simulator
            >>> with Simulator(instances=20, speed=100) as cloud, cloud.client() as client:
            ...     report = client.prepare_and_wait(cloud.instance_ids, user_id="1008600000104285462")
            >>> report.ok, len(report.ready)
            (True, 20)
        """
    async def prepare_instances(self, /, instance_ids: Iterable[str], *, user_id: str) -> BatchResult[InstancePreparation]:
        """
        Brings instances to a state in which a user can stream them (BatchPrepareInstances).

        It only begins the preparation: `wait_until_ready` follows it, `prepare_and_wait` does both.
        A request is sent for each 100 instances.

        Args:
            instance_ids: Any number of IDs, each at most 32 characters; one that comes twice is sent once.
            user_id: The user, at most 32 characters.

        Returns:
            The state of each instance.

        Raises:
            BatchError: Some of several requests failed; `.result` tells what became of every ID.
            KooPhoneError: The only request failed; it has `.result`, too. `NotFoundError` for an unknown instance.
            TypeError: An argument has the wrong type.
            ValueError: An ID can never be right.

        Example:
            >>> from koophone.testing import Simulator
            >>> with Simulator(instances=2) as cloud, cloud.client() as client:
            ...     client.prepare_instances(cloud.instance_ids, user_id="1008600000104285462")
            <BatchResult: 2 succeeded, 0 failed>
        """
    async def reset_instances(self, /, instance_ids: Iterable[str]) -> BatchResult[Job]:
        """
        Resets instances: each goes back to its initial state, and its user's data is gone (BatchResetInstance).

        A request is sent for each 100 instances.

        Args:
            instance_ids: Any number of IDs, each at most 32 characters; one that comes twice is sent once.

        Returns:
            A `Job` for each instance; without `task_id` and `job_id` where the service tells none.

        Raises:
            BatchError: Some of several requests failed; `.result` tells what became of every ID.
            KooPhoneError: The only request failed; it has `.result`, too.
            TypeError: An argument has the wrong type.
            ValueError: An ID can never be right.

        Example:
            >>> from koophone.testing import Simulator
            >>> with Simulator(instances=3) as cloud, cloud.client() as client:
            ...     client.reset_instances(cloud.instance_ids[:2])
            <BatchResult: 2 succeeded, 0 failed>
        """
    async def wait_until_ready(self, /, instance_ids: Iterable[str], *, user_id: str, timeout: "float" = 900.0, poll_interval: "float" = 3.0, progress: bool = False, on_progress: OnProgress | None = None) -> PrepareReport:
        """
        Waits until instances that are being prepared are ready or have failed (ShowProgress).

        The service keeps the state, so that another process can go on waiting where one ended.

        Args:
            instance_ids: Any number of IDs, each at most 32 characters.
            user_id: The user, at most 32 characters.
            timeout: Seconds until the wait is given up.
            poll_interval: Seconds between two polls of one instance.
            progress: Whether to draw a bar: tqdm's if that is installed, otherwise a line on stderr.
            on_progress: Called with a `WaitProgress` when something changed, at most every 0.2 seconds, and at the end;
                with `AsyncClient` it may be an `async def`. An exception from it ends the wait.

        Returns:
            What became of each instance.

        Raises:
            PrepareFailedError: Some instances failed, the others are ready; `.report` tells of each.
            WaitTimeoutError: The time was up; `.report` tells of each.
            AuthenticationError: The token was not accepted; `.report` tells of each.
            TypeError: An argument has the wrong type.
            ValueError: An argument can never be right.

        Example:
            >>> from koophone.testing import Simulator
            >>> with Simulator(instances=20, speed=100) as cloud, cloud.client() as client:
            ...     _ = client.prepare_instances(cloud.instance_ids, user_id="1008600000104285462")
            ...     report = client.wait_until_ready(cloud.instance_ids, user_id="1008600000104285462")
            >>> report.ok
            True
        """
    def with_options(self, /, *, timeout: "float" = ..., deadline: "float | None" = ..., on_failure: "str" = ..., default_headers: Mapping[str, str] = ...) -> AsyncClient:
        """
        Gives a cheap copy on the same core with other options; what is left out stays as it is.

        Args:
            timeout: Seconds that one attempt may take.
            deadline: Seconds that a method call may take as a whole; None for no limit.
            on_failure: `"raise"`, or `"collect"`: a batch with failures is returned, not raised.
            default_headers: More headers to send with every request.

        Raises:
            ValueError: An argument can never be right.

        Example:
            >>> from koophone.testing import Simulator
            >>> with Simulator(instances=1) as cloud, cloud.client() as client:
            ...     result = client.with_options(on_failure="collect").reset_instances(["nobody"])
            >>> result.failures[0].outcome
            'rejected'
        """

@final
class Call:
    """
    A started call; `koophone/coroutines.py` makes an `async def` of it.
    """
    def abandon(self, /, exception: Any) -> None:
        """
        Ends the call, and leaves on `exception` what was done until then.
        """
    def is_done(self, /) -> bool:
        """
        Whether the outcome is there.
        """
    def news(self, /) -> Any:
        """
        A future that is done when there is something new: the outcome, or progress to tell.
        """
    def result(self, /) -> Any:
        """
        The result, or what the call raises.
        """
    def tell(self, /) -> Any | None:
        """
        Tells `on_progress`; gives what is to be awaited of it.
        """

@final
class Client:
    """
    A client whose methods block. `with` closes it; so does `close()`.

    Args:
        auth: An IAM token of the project. Without it the variable `KOOPHONE_AUTH_TOKEN` is read.
        endpoint: Where the service is, with a path prefix if there is one. Without it `KOOPHONE_ENDPOINT` is read;
            without that it is `https://koophone.myhuaweicloud.com`. Plain http only to this machine.
        timeout: Seconds that one attempt of a request may take.
        connect_timeout: Seconds that making a connection may take.
        deadline: Seconds that a method call may take as a whole, all its requests together; None for no limit.
            Waits have their own `timeout`.
        max_concurrency: How many requests one method call has in flight, 1 to 1000.
        default_headers: Sent with every request.
        allow_http: Whether plain http may leave this machine. It shows the token to everybody on the way.
        allow_secret_pickle: Whether a pickle of the client may hold a token that was given as an argument.

    Raises:
        CredentialsError: There is no token.
        TypeError: An argument has the wrong type.
        ValueError: An argument can never be right.

    Example:
        >>> from koophone.testing import Simulator
        >>> with Simulator(instances=3) as cloud:
        ...     with koophone.Client(cloud.token, endpoint=cloud.endpoint) as client:
        ...         len(client.list_instances().collect())
        3
    """
    def __copy__(self, /) -> Client: ...
    def __deepcopy__(self, /, _memo: Any) -> Client: ...
    def __enter__(self, /) -> Client: ...
    def __exit__(self, /, *_exc_info: "object") -> None: ...
    def __new__(cls, /, auth: "str | None" = None, *, endpoint: str | None = None, timeout: "float" = 30.0, connect_timeout: "float" = 5.0, deadline: "float | None" = None, max_concurrency: "int" = 16, default_headers: Mapping[str, str] | None = None, allow_http: bool = False, allow_secret_pickle: bool = False) -> Client: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __repr__(self, /) -> str: ...
    @property
    def aio(self, /) -> AsyncClient:
        """
        The asyncio face of the same core: always the same object.

        Example:
            >>> from koophone.testing import Simulator
            >>> with Simulator(instances=1) as cloud, cloud.client() as client:
            ...     client.aio is client.aio
            True
        """
    def close(self, /) -> None:
        """
        Closes the client, its copies and its asyncio face; later calls raise `RuntimeError`.

        Example:
            >>> client = koophone.Client("token")
            >>> client.close()
            >>> client.reset_instances(["a44uhlf7"])
            Traceback (most recent call last):
            RuntimeError: this client is closed
        """
    def delete_instances(self, /, instance_ids: Iterable[str]) -> BatchResult[None]:
        """
        Deletes (unsubscribes) yearly/monthly instances for good (DeleteInstance).

        A request is sent for each 100 instances.

        Args:
            instance_ids: Any number of IDs, each at most 32 characters; one that comes twice is sent once.

        Returns:
            None for each instance that was deleted.

        Raises:
            BatchError: Some of several requests failed; `.result` tells what became of every ID.
            KooPhoneError: The only request failed; it has `.result`, too. `ConflictError` for pay-per-use instances.
            TypeError: An argument has the wrong type.
            ValueError: An ID can never be right.

        Example:
            >>> from koophone.testing import Simulator
            >>> with Simulator(instances=3) as cloud, cloud.client() as client:
            ...     result = client.delete_instances(cloud.instance_ids[:2])
            ...     len(result), len(client.list_instances().collect())
            (2, 1)
        """
    def get_instance(self, /, instance_id: str) -> Instance:
        """
        Gives the one instance with exactly this ID (ListInstances, with the ID as filter).

        Args:
            instance_id: The instance, at most 32 characters.

        Raises:
            NotFoundError: There is none, with `code` None and `status` 200.
            KooPhoneError: The list could not be had.
            ValueError: The ID can never be right.

        Example:
            >>> from koophone.testing import Simulator
            >>> with Simulator(instances=3) as cloud, cloud.client() as client:
            ...     client.get_instance(cloud.instance_ids[1]).instance_name
            'demo-00002'
        """
    def get_prepare_progress(self, /, instance_id: str, *, user_id: str) -> PrepareProgress:
        """
        Tells how far the preparation of one instance is (ShowProgress).

        Args:
            instance_id: The instance, at most 32 characters.
            user_id: The user that it is prepared for, at most 32 characters.

        Raises:
            NotFoundError: There is no such instance.
            KooPhoneError: The request failed.
            ValueError: An ID can never be right.

        Example:
            >>> from koophone.testing import Simulator
            >>> with Simulator(instances=1, speed=100) as cloud, cloud.client() as client:
            ...     report = client.prepare_and_wait(cloud.instance_ids, user_id="1008600000104285462")
            ...     client.get_prepare_progress(cloud.instance_ids[0], user_id="1008600000104285462").status
            <ProgressStatus.NORMAL: 0>
        """
    def list_instances(self, /, *, instance_id: str | None = None, instance_name: str | None = None, start_time: datetime | None = None, end_time: datetime | None = None, pool_scene_tag: str | None = None, pool_name: str | None = None, order: str | None = None, order_by: str | None = None, page_size: "int" = 200) -> Pager[Instance]:
        """
        Lists the instances of the project (ListInstances).

        Nothing is sent before the first page is asked for. While one page is read, the next is being fetched.

        Args:
            instance_id: Only this instance, at most 32 characters.
            instance_name: Only instances with this name.
            start_time: Only instances from then on; a naive time is taken as UTC.
            end_time: Only instances until then; a naive time is taken as UTC.
            pool_scene_tag: Only this scene, `"CLOUD_APP"` or `"CLOUD_PHONE"`.
            pool_name: Only this node group.
            order: `"asc"` or `"desc"`.
            order_by: The field to sort by.
            page_size: How many instances to ask for at a time, 1 to 200. The service may give fewer.

        Returns:
            A pager: iterate over it, over its `pages()`, or `collect()` it.

        Raises:
            TypeError: An argument has the wrong type.
            ValueError: An argument can never be right.
            KooPhoneError: While reading: a page could not be had.

        Example:
            >>> from koophone.testing import Simulator
            >>> with Simulator(instances=3) as cloud, cloud.client() as client:
            ...     [phone.instance_name for phone in client.list_instances()]
            ['demo-00001', 'demo-00002', 'demo-00003']
        """
    def prepare_and_wait(self, /, instance_ids: Iterable[str], *, user_id: str, timeout: "float" = 900.0, poll_interval: "float" = 3.0, progress: bool = False, on_progress: OnProgress | None = None) -> PrepareReport:
        """
        Prepares instances and waits until each is ready or has failed (BatchPrepareInstances, then ShowProgress).

        Instances that fail do not stop the others. One scheduler in the core follows them all.

        Args:
            instance_ids: Any number of IDs, each at most 32 characters.
            user_id: The user, at most 32 characters.
            timeout: Seconds until the wait is given up, preparing included.
            poll_interval: Seconds between two polls of one instance.
            progress: Whether to draw a bar: tqdm's if that is installed, otherwise a line on stderr.
            on_progress: Called with a `WaitProgress` when something changed, at most every 0.2 seconds, and at the end;
                with `AsyncClient` it may be an `async def`. An exception from it ends the wait.

        Returns:
            What became of each instance.

        Raises:
            PrepareFailedError: Some instances failed, the others are ready; `.report` tells of each.
            WaitTimeoutError: The time was up; `.report` tells of each.
            AuthenticationError: The token was not accepted; `.report` tells of each.
            TypeError: An argument has the wrong type.
            ValueError: An argument can never be right.

        Example:
            >>> from koophone.testing import Simulator
            >>> with Simulator(instances=20, speed=100) as cloud, cloud.client() as client:
            ...     report = client.prepare_and_wait(cloud.instance_ids, user_id="1008600000104285462")
            >>> report.ok, len(report.ready)
            (True, 20)
        """
    def prepare_instances(self, /, instance_ids: Iterable[str], *, user_id: str) -> BatchResult[InstancePreparation]:
        """
        Brings instances to a state in which a user can stream them (BatchPrepareInstances).

        It only begins the preparation: `wait_until_ready` follows it, `prepare_and_wait` does both.
        A request is sent for each 100 instances.

        Args:
            instance_ids: Any number of IDs, each at most 32 characters; one that comes twice is sent once.
            user_id: The user, at most 32 characters.

        Returns:
            The state of each instance.

        Raises:
            BatchError: Some of several requests failed; `.result` tells what became of every ID.
            KooPhoneError: The only request failed; it has `.result`, too. `NotFoundError` for an unknown instance.
            TypeError: An argument has the wrong type.
            ValueError: An ID can never be right.

        Example:
            >>> from koophone.testing import Simulator
            >>> with Simulator(instances=2) as cloud, cloud.client() as client:
            ...     client.prepare_instances(cloud.instance_ids, user_id="1008600000104285462")
            <BatchResult: 2 succeeded, 0 failed>
        """
    def reset_instances(self, /, instance_ids: Iterable[str]) -> BatchResult[Job]:
        """
        Resets instances: each goes back to its initial state, and its user's data is gone (BatchResetInstance).

        A request is sent for each 100 instances.

        Args:
            instance_ids: Any number of IDs, each at most 32 characters; one that comes twice is sent once.

        Returns:
            A `Job` for each instance; without `task_id` and `job_id` where the service tells none.

        Raises:
            BatchError: Some of several requests failed; `.result` tells what became of every ID.
            KooPhoneError: The only request failed; it has `.result`, too.
            TypeError: An argument has the wrong type.
            ValueError: An ID can never be right.

        Example:
            >>> from koophone.testing import Simulator
            >>> with Simulator(instances=3) as cloud, cloud.client() as client:
            ...     client.reset_instances(cloud.instance_ids[:2])
            <BatchResult: 2 succeeded, 0 failed>
        """
    def wait_until_ready(self, /, instance_ids: Iterable[str], *, user_id: str, timeout: "float" = 900.0, poll_interval: "float" = 3.0, progress: bool = False, on_progress: OnProgress | None = None) -> PrepareReport:
        """
        Waits until instances that are being prepared are ready or have failed (ShowProgress).

        The service keeps the state, so that another process can go on waiting where one ended.

        Args:
            instance_ids: Any number of IDs, each at most 32 characters.
            user_id: The user, at most 32 characters.
            timeout: Seconds until the wait is given up.
            poll_interval: Seconds between two polls of one instance.
            progress: Whether to draw a bar: tqdm's if that is installed, otherwise a line on stderr.
            on_progress: Called with a `WaitProgress` when something changed, at most every 0.2 seconds, and at the end;
                with `AsyncClient` it may be an `async def`. An exception from it ends the wait.

        Returns:
            What became of each instance.

        Raises:
            PrepareFailedError: Some instances failed, the others are ready; `.report` tells of each.
            WaitTimeoutError: The time was up; `.report` tells of each.
            AuthenticationError: The token was not accepted; `.report` tells of each.
            TypeError: An argument has the wrong type.
            ValueError: An argument can never be right.

        Example:
            >>> from koophone.testing import Simulator
            >>> with Simulator(instances=20, speed=100) as cloud, cloud.client() as client:
            ...     _ = client.prepare_instances(cloud.instance_ids, user_id="1008600000104285462")
            ...     report = client.wait_until_ready(cloud.instance_ids, user_id="1008600000104285462")
            >>> report.ok
            True
        """
    def with_options(self, /, *, timeout: "float" = ..., deadline: "float | None" = ..., on_failure: "str" = ..., default_headers: Mapping[str, str] = ...) -> Client:
        """
        Gives a cheap copy on the same core with other options; what is left out stays as it is.

        Args:
            timeout: Seconds that one attempt may take.
            deadline: Seconds that a method call may take as a whole; None for no limit.
            on_failure: `"raise"`, or `"collect"`: a batch with failures is returned, not raised.
            default_headers: More headers to send with every request.

        Raises:
            ValueError: An argument can never be right.

        Example:
            >>> from koophone.testing import Simulator
            >>> with Simulator(instances=1) as cloud, cloud.client() as client:
            ...     result = client.with_options(on_failure="collect").reset_instances(["nobody"])
            >>> result.failures[0].outcome
            'rejected'
        """

@final
class Instance:
    """
    A cloud phone, as lists show it. What the service leaves out is None.

    Example:
        >>> from koophone.testing import Simulator
        >>> with Simulator(instances=1) as cloud, cloud.client() as client:
        ...     match client.get_instance(cloud.instance_ids[0]):
        ...         case koophone.Instance(frozen_status=koophone.FrozenStatus.NORMAL, instance_name=name):
        ...             name
        'demo-00001'
    """
    __match_args__: Final[tuple[str, ...]]
    def __eq__(self, value: object, /) -> bool: ...
    def __getnewargs_ex__(self, /) -> "tuple[tuple[()], dict[str, object]]": ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, *, instance_id: str, instance_name: str | None = None, region: str | None = None, instance_sku: str | None = None, frozen_status: FrozenStatus | None = None, running_status: RunningStatus | None = None, login_status: LoginStatus | None = None, assign_status: AssignStatus | None = None, assign_user: str | None = None, billing_mode: str | None = None, project_id: str | None = None, project_name: str | None = None, phone_id: str | None = None, member_name: str | None = None, account_name: str | None = None, region_name: str | None = None, region_name_en: str | None = None, backup_status: TransferStatus | None = None, backup_time: datetime | None = None, restore_status: TransferStatus | None = None, restore_time: datetime | None = None, extra: Mapping[str, Any] | None = None) -> Instance: ...
    def __repr__(self, /) -> str: ...
    @property
    def account_name(self, /) -> str | None:
        """
        The account that it belongs to.
        """
    @property
    def assign_status(self, /) -> AssignStatus | None:
        """
        Whether it is assigned to a user.
        """
    @property
    def assign_user(self, /) -> str | None:
        """
        The ID of that user.
        """
    @property
    def backup_status(self, /) -> TransferStatus | None:
        """
        How its last backup is.
        """
    @property
    def backup_time(self, /) -> datetime | None:
        """
        When it was last backed up, UTC.
        """
    @property
    def billing_mode(self, /) -> str | None:
        """
        How it is paid, a digit.
        """
    @property
    def extra(self, /) -> Mapping[str, Any]:
        """
        Fields that the service sent and this version has no name for.
        """
    @property
    def frozen_status(self, /) -> FrozenStatus | None:
        """
        Whether it is frozen.
        """
    @property
    def instance_id(self, /) -> str:
        """
        Its ID.
        """
    @property
    def instance_name(self, /) -> str | None:
        """
        Its name.
        """
    @property
    def instance_sku(self, /) -> str | None:
        """
        What it is, for people to read; no SKU ID.
        """
    @property
    def login_status(self, /) -> LoginStatus | None:
        """
        Whether somebody is logged in.
        """
    @property
    def member_name(self, /) -> str | None:
        """
        The member that it belongs to.
        """
    @property
    def phone_id(self, /) -> str | None:
        """
        The physical phone that it occupies; None while it has none.
        """
    @property
    def project_id(self, /) -> str | None:
        """
        The ID of its project.
        """
    @property
    def project_name(self, /) -> str | None:
        """
        The name of its project.
        """
    @property
    def region(self, /) -> str | None:
        """
        The ID of its region, as `"cn-north-4"`.
        """
    @property
    def region_name(self, /) -> str | None:
        """
        Its region, for people to read.
        """
    @property
    def region_name_en(self, /) -> str | None:
        """
        Its region, for people to read, in English.
        """
    @property
    def restore_status(self, /) -> TransferStatus | None:
        """
        How its last restoration is.
        """
    @property
    def restore_time(self, /) -> datetime | None:
        """
        When it was last restored, UTC.
        """
    @property
    def running_status(self, /) -> RunningStatus | None:
        """
        Whether it runs.
        """
    def to_dict(self, /) -> "dict[str, object]":
        """
        Gives it as plain data, ready for JSON: numbers for enums, ISO 8601 for times.
        """

@final
class InstancePreparation:
    """
    What prepare answers for one instance.

    Example:
        >>> koophone.InstancePreparation(instance_id="a44uhlf7", status=koophone.PrepareStatus.READY)
        InstancePreparation(instance_id='a44uhlf7', status=<PrepareStatus.READY: 0>)
    """
    __match_args__: Final[tuple[str, ...]]
    def __eq__(self, value: object, /) -> bool: ...
    def __getnewargs_ex__(self, /) -> "tuple[tuple[()], dict[str, object]]": ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, *, instance_id: str, status: PrepareStatus, extra: Mapping[str, Any] | None = None) -> InstancePreparation: ...
    def __repr__(self, /) -> str: ...
    @property
    def extra(self, /) -> Mapping[str, Any]:
        """
        Fields that the service sent and this version has no name for.
        """
    @property
    def instance_id(self, /) -> str:
        """
        The instance.
        """
    @property
    def status(self, /) -> PrepareStatus:
        """
        Its state.
        """
    def to_dict(self, /) -> "dict[str, object]":
        """
        Gives it as plain data, ready for JSON: numbers for enums, ISO 8601 for times.
        """

@final
class Job:
    """
    A job that the service carries out for one instance.

    Example:
        >>> koophone.Job(instance_id="a44uhlf7", task_id="RM_1", job_id="2")
        Job(instance_id='a44uhlf7', task_id='RM_1', job_id='2')
    """
    __match_args__: Final[tuple[str, ...]]
    def __eq__(self, value: object, /) -> bool: ...
    def __getnewargs_ex__(self, /) -> "tuple[tuple[()], dict[str, object]]": ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, *, instance_id: str, task_id: str | None = None, job_id: str | None = None, extra: Mapping[str, Any] | None = None) -> Job: ...
    def __repr__(self, /) -> str: ...
    @property
    def extra(self, /) -> Mapping[str, Any]:
        """
        Fields that the service sent and this version has no name for.
        """
    @property
    def instance_id(self, /) -> str:
        """
        The instance.
        """
    @property
    def job_id(self, /) -> str | None:
        """
        The job; None if the service did not tell.
        """
    @property
    def task_id(self, /) -> str | None:
        """
        The task that the job belongs to; None if the service did not tell.
        """
    def to_dict(self, /) -> "dict[str, object]":
        """
        Gives it as plain data, ready for JSON: numbers for enums, ISO 8601 for times.
        """

@final
class PageSource:
    """
    A list that can be read any number of times.
    """
    @property
    def name(self, /) -> str:
        """
        The method that lists.
        """
    def read(self, /, *, whole: bool = False) -> Reading:
        """
        Begins to read from the first page.
        """

@final
class PrepareProgress:
    """
    How far the preparation of an instance is.

    Example:
        >>> koophone.PrepareProgress(status=koophone.ProgressStatus.QUEUING, waiting_count=2).to_dict()
        {'status': 1, 'waiting_count': 2, 'extra': {}}
    """
    __match_args__: Final[tuple[str, ...]]
    def __eq__(self, value: object, /) -> bool: ...
    def __getnewargs_ex__(self, /) -> "tuple[tuple[()], dict[str, object]]": ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, *, status: ProgressStatus, waiting_count: SupportsIndex | None = None, extra: Mapping[str, Any] | None = None) -> PrepareProgress: ...
    def __repr__(self, /) -> str: ...
    @property
    def extra(self, /) -> Mapping[str, Any]:
        """
        Fields that the service sent and this version has no name for.
        """
    @property
    def status(self, /) -> ProgressStatus:
        """
        The state; `NORMAL` is ready.
        """
    def to_dict(self, /) -> "dict[str, object]":
        """
        Gives it as plain data, ready for JSON: numbers for enums, ISO 8601 for times.
        """
    @property
    def waiting_count(self, /) -> int | None:
        """
        What the service says of the queue; it does not say in which unit.
        """

@final
class Reading:
    """
    One reading of a list.
    """
    def _start_collect(self, /) -> Call:
        """
        The same for asyncio.
        """
    def _start_next_page(self, /) -> Call:
        """
        The same for asyncio.
        """
    def collect(self, /) -> Any:
        """
        All rows.
        """
    def next_page(self, /) -> Any:
        """
        The next page, or None after the last.
        """

@final
class Rows:
    """
    Rows of a list, kept in Rust until Python asks for one.
    """
    def __getitem__(self, index: SupportsIndex, /) -> Any: ...
    def __len__(self, /) -> int: ...
    @property
    def total_count(self, /) -> int | None:
        """
        How many rows there are, as the service said last.
        """

@final
class SimulatorServer:
    """
    A running simulator.
    """
    def __new__(cls, /, instances: "int", *, seed: "int", speed: SupportsFloat | SupportsIndex, host: str, port: "int", page_fields: str, business_status: "int", reset_data: bool, numeric_error_code: bool, max_page_size: "int") -> SimulatorServer: ...
    def change_instance(self, /, instance_id: str, *, billing_mode: str | None = None, tenant: str | None = None, fails_to_prepare: bool | None = None) -> None:
        """
        Changes one instance; what is `None` stays.
        """
    def close(self, /) -> None:
        """
        Stops at once; in a forked child it does nothing.
        """
    @property
    def endpoint(self, /) -> str:
        """
        The base of every operation's address.
        """
    def instance_ids(self, /) -> list[str]:
        """
        The IDs of the tenant as they are now, in the order of a listing.
        """
    @property
    def now(self, /) -> datetime:
        """
        The virtual date.
        """
    @property
    def token(self, /) -> str:
        """
        The token that it accepts.
        """

def _panic_at_next_request() -> None:
    """
    Makes the next request panic, so that a test can see what a panic does.
    """
