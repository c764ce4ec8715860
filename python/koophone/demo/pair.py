"""Both clients on one simulator, doing every step at the same time."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from contextlib import ExitStack
from typing import Any, Self, TypeVar

from ..testing.simulator import Simulator
from .halves import AsyncHalf, BlockingHalf

T = TypeVar("T")


class Pair:
    """`Client` in the thread that calls, `AsyncClient` on an event loop in a thread of its own."""

    def __init__(self, cloud: Simulator, timeout: float) -> None:
        self._stack = ExitStack()
        self._blocking = BlockingHalf(self._stack.enter_context(cloud.client()), timeout)
        self._async_client = cloud.async_client()
        self._async = AsyncHalf(self._async_client, timeout)
        self._thread = threading.Thread(target=lambda: asyncio.run(self._stay()), name="koophone-demo")
        self._started = threading.Event()

    def run(
        self, step: Callable[[BlockingHalf], T], async_step: Callable[[AsyncHalf], Coroutine[Any, Any, T]]
    ) -> tuple[T, T]:
        """Do one step with both."""
        future = asyncio.run_coroutine_threadsafe(async_step(self._async), self._loop)
        try:
            return step(self._blocking), future.result()
        finally:
            future.cancel()  # without effect unless the step was broken off

    async def _stay(self) -> None:
        async with self._async_client:
            self._loop = asyncio.get_running_loop()
            self._left = asyncio.Event()
            self._started.set()
            await self._left.wait()

    def __enter__(self) -> Self:
        self._thread.start()
        self._started.wait()
        return self

    def __exit__(self, *_exc_info: object) -> None:
        self._loop.call_soon_threadsafe(self._left.set)
        self._thread.join()
        self._stack.close()
