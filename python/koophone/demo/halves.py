"""The main job for one half of a fleet, once with each client: the same methods, with and without `await`."""

from collections.abc import Callable, Sequence

from .._core import AsyncClient, Client, Instance, Job
from ..batches import BatchResult
from ..errors import PrepareFailedError
from ..reports import PrepareReport, WaitProgress
from .expectations import UnmetError

Listener = Callable[[WaitProgress], object]

#: Whom the instances are prepared for.
USER = "1008600000104285462"


class BlockingHalf:
    """The half that `Client` works on."""

    def __init__(self, client: Client, timeout: float) -> None:
        self._client = client
        self._timeout = timeout

    def list_all(self) -> Sequence[Instance]:
        """List the whole fleet."""
        return list(self._client.list_instances())

    def prepare(self, instance_ids: Sequence[str], listener: Listener | None = None) -> PrepareReport:
        """Prepare instances and wait until all are ready."""
        return self._client.prepare_and_wait(instance_ids, user_id=USER, timeout=self._timeout, on_progress=listener)

    def fail_to_prepare(self, instance_ids: Sequence[str]) -> PrepareFailedError:
        """Prepare instances of which some cannot become ready; gives the error that this raises."""
        try:
            self.prepare(instance_ids)
        except PrepareFailedError as error:
            return error
        raise _unmet(instance_ids)

    def reset(self, instance_ids: Sequence[str]) -> BatchResult[Job]:
        """Reset instances."""
        return self._client.reset_instances(instance_ids)

    def delete(self, instance_ids: Sequence[str]) -> BatchResult[None]:
        """Delete instances."""
        return self._client.delete_instances(instance_ids)


class AsyncHalf:
    """The half that `AsyncClient` works on."""

    def __init__(self, client: AsyncClient, timeout: float) -> None:
        self._client = client
        self._timeout = timeout

    async def list_all(self) -> Sequence[Instance]:
        """List the whole fleet."""
        return [instance async for instance in self._client.list_instances()]

    async def prepare(self, instance_ids: Sequence[str], listener: Listener | None = None) -> PrepareReport:
        """Prepare instances and wait until all are ready."""
        return await self._client.prepare_and_wait(
            instance_ids, user_id=USER, timeout=self._timeout, on_progress=listener
        )

    async def fail_to_prepare(self, instance_ids: Sequence[str]) -> PrepareFailedError:
        """Prepare instances of which some cannot become ready; gives the error that this raises."""
        try:
            await self.prepare(instance_ids)
        except PrepareFailedError as error:
            return error
        raise _unmet(instance_ids)

    async def reset(self, instance_ids: Sequence[str]) -> BatchResult[Job]:
        """Reset instances."""
        return await self._client.reset_instances(instance_ids)

    async def delete(self, instance_ids: Sequence[str]) -> BatchResult[None]:
        """Delete instances."""
        return await self._client.delete_instances(instance_ids)


def _unmet(instance_ids: Sequence[str]) -> UnmetError:
    return UnmetError(f"one of {', '.join(instance_ids)} must fail to prepare, but none did")
