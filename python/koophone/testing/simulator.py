"""The simulator as users see it."""

from typing import TYPE_CHECKING, Any, Literal, Self

from .. import _core

if TYPE_CHECKING:
    from datetime import datetime
    from types import TracebackType

    from .._core import AsyncClient, Client


class Simulator:
    """A stateful KooPhone on a loopback port, served by a thread of its own until it is closed.

    Any HTTP client can use it. It keeps a fleet whose instances are assigned, queued, restored, ready, reset and
    deleted as the service documents. Its time is virtual: it starts at 2026-01-01 00:00:00 UTC and runs `speed` times
    as fast as the wall's. For a seed, fleet and durations are the same in every run, whoever asks first.

    Every instance belongs to one tenant, can be deleted, and becomes ready when prepared, whoever the user is, unless
    `change_instance` says otherwise. One bad ID fails a request as a whole, without effect.

    Example:
        >>> from koophone.testing import Simulator
        >>> with Simulator(instances=1000, speed=60) as cloud, cloud.client() as client:
        ...     report = client.prepare_and_wait(cloud.instance_ids, user_id="1008600000104285462")
        >>> len(report.ready)
        1000

    Args:
        instances: How many instances there are at the start, at most 1,000,000.
        seed: Fleet, durations, token and identifiers follow from it; 0 to 2**64 - 1.
        speed: Virtual seconds a second; above 0 and at most 1,000,000.
        host: A loopback address to listen at.
        port: A port to listen at; 0 is any free one.
        page_fields: Where a listing has `page_no`, `page_size` and `total_count`: "inside" `data`, "beside" it, or
            "both".
        business_status: HTTP status of the service's own errors: 200, or 400 for the documented 4xx and 5xx.
        reset_data: Whether the answer of a reset has `data` with a task and its jobs.
        numeric_error_code: Whether the error code of a success is the number 0 and not the text "0".
        max_page_size: Rows of a page at most, however many were asked for; 1 to 200.

    Raises:
        ValueError: An argument that cannot be; the text names it.
        OSError: The port is in use or not allowed.
    """

    def __init__(  # noqa: PLR0913 - one argument for each switch
        self,
        instances: int = 200,
        *,
        seed: int = 0,
        speed: float = 1.0,
        host: str = "127.0.0.1",
        port: int = 0,
        page_fields: Literal["inside", "beside", "both"] = "inside",
        business_status: Literal[200, 400] = 200,
        reset_data: bool = True,
        numeric_error_code: bool = False,
        max_page_size: int = 200,
    ) -> None:
        self._server = _core.SimulatorServer(
            instances,
            seed=seed,
            speed=speed,
            host=host,
            port=port,
            page_fields=page_fields,
            business_status=business_status,
            reset_data=reset_data,
            numeric_error_code=numeric_error_code,
            max_page_size=max_page_size,
        )

    @property
    def endpoint(self) -> str:
        """The base of every operation's address, as "http://127.0.0.1:41234".

        Example:
            >>> from koophone.testing import Simulator
            >>> with Simulator(port=0) as cloud:
            ...     cloud.endpoint.startswith("http://127.0.0.1:")
            True
        """
        return self._server.endpoint

    @property
    def token(self) -> str:
        """The token that it accepts in `X-Auth-Token`.

        Example:
            >>> from koophone.testing import Simulator
            >>> with Simulator() as cloud, koophone.Client(cloud.token, endpoint=cloud.endpoint) as client:
            ...     len(client.list_instances().collect())
            200
        """
        return self._server.token

    @property
    def instance_ids(self) -> tuple[str, ...]:
        """The IDs of the tenant's instances as they are now, in the order of a listing.

        Raises:
            RuntimeError: In a forked child: the simulator's state is in the process that started it.

        Example:
            >>> from koophone.testing import Simulator
            >>> with Simulator(instances=3) as cloud, cloud.client() as client:
            ...     before = cloud.instance_ids
            ...     _ = client.delete_instances(before[:1])
            ...     cloud.instance_ids == before[1:]
            True
        """
        return tuple(self._server.instance_ids())

    @property
    def now(self) -> "datetime":
        """The simulator's own date, in UTC.

        Example:
            >>> from koophone.testing import Simulator
            >>> with Simulator() as cloud:
            ...     print(cloud.now.date(), cloud.now.tzinfo)
            2026-01-01 UTC
        """
        return self._server.now

    def client(self, **options: Any) -> "Client":  # noqa: ANN401 - those of the client's constructor
        """Makes a blocking client of this simulator.

        Args:
            **options: What `koophone.Client` takes besides `auth` and `endpoint`.

        Returns:
            A new client; close it when done.

        Example:
            >>> from koophone.testing import Simulator
            >>> with Simulator() as cloud, cloud.client(timeout=5) as client:
            ...     client.get_instance(cloud.instance_ids[0]).instance_name
            'demo-00001'
        """
        return _core.Client(self.token, endpoint=self.endpoint, **options)

    def async_client(self, **options: Any) -> "AsyncClient":  # noqa: ANN401 - those of the client's constructor
        """Makes an asyncio client of this simulator.

        Args:
            **options: What `koophone.AsyncClient` takes besides `auth` and `endpoint`.

        Returns:
            A new client; close it when done.

        Example:
            >>> from koophone.testing import Simulator
            >>> import asyncio
            >>> async def first(cloud):
            ...     async with cloud.async_client() as client:
            ...         return await client.get_instance(cloud.instance_ids[0])
            >>> with Simulator() as cloud:
            ...     asyncio.run(first(cloud)).instance_name
            'demo-00001'
        """
        return _core.AsyncClient(self.token, endpoint=self.endpoint, **options)

    def change_instance(
        self,
        instance_id: str,
        *,
        billing_mode: str | None = None,
        tenant: str | None = None,
        fails_to_prepare: bool | None = None,
    ) -> None:
        """Changes an instance from outside, at once; what is None stays.

        Args:
            instance_id: An instance of any tenant.
            billing_mode: "1" is yearly or monthly; "0" is pay-per-use, which delete refuses.
            tenant: "main" is the one whose token this is; any other makes the instance foreign: not listed, and
                refused by every operation.
            fails_to_prepare: Whether preparations of it end in failure, one that runs now included.

        Raises:
            LookupError: No instance has this ID.
            RuntimeError: In a forked child: the simulator's state is in the process that started it.

        Example:
            >>> from koophone.testing import Simulator
            >>> with Simulator(speed=100) as cloud, cloud.client() as client:
            ...     cloud.change_instance(cloud.instance_ids[0], fails_to_prepare=True)
            ...     client.prepare_and_wait(cloud.instance_ids[:3], user_id="1008600000104285462")
            Traceback (most recent call last):
            koophone.errors.PrepareFailedError: prepare_and_wait: 1 of 3 instances failed; see .report
        """
        self._server.change_instance(
            instance_id, billing_mode=billing_mode, tenant=tenant, fails_to_prepare=fails_to_prepare
        )

    def close(self) -> None:
        """Stops at once: the port and every connection close, whatever is in flight. In a forked child: nothing.

        Example:
            >>> from koophone.testing import Simulator
            >>> cloud = Simulator()
            >>> client = cloud.client()
            >>> cloud.close()
            >>> client.reset_instances(["a44uhlf7"])
            Traceback (most recent call last):
            koophone.errors.ConnectError: reset_instances: cannot connect: ...
        """
        self._server.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: "TracebackType | None"
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} at {self.endpoint}>"
