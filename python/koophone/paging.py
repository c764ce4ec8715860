"""Lists that come in pages."""

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from ._core import Reading
from .coroutines import coroutine_function

if TYPE_CHECKING:
    from ._core import PageSource

T_co = TypeVar("T_co", covariant=True)

_next_page = coroutine_function(Reading._start_next_page)  # noqa: SLF001 - its face for asyncio is here
_collect = coroutine_function(Reading._start_collect)  # noqa: SLF001 - the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T_co]):
    """One page of a list.

    Attributes:
        items: Its rows, without those that an earlier page had.
        page_no: Its number, from 1.
        page_size: How many rows a page holds, as the service says.
        total_count: How many rows all pages hold together; None if the service does not say.

    Example:
        >>> from koophone.testing import Simulator
        >>> with Simulator(instances=5) as cloud, cloud.client() as client:
        ...     for page in client.list_instances(page_size=3).pages():
        ...         page.page_no, len(page.items), page.total_count
        (1, 3, 5)
        (2, 2, 5)
    """

    items: tuple[T_co, ...]
    page_no: int
    page_size: int
    total_count: int | None


class Table(Sequence[T_co]):
    """An immutable sequence of models, in the service's order. Slices share their rows with it.

    Example:
        >>> from koophone.testing import Simulator
        >>> with Simulator(instances=5) as cloud, cloud.client() as client:
        ...     phones = client.list_instances().collect()
        >>> phones, phones[-1].instance_name, phones[1:3]
        (<Table of 5 Instance>, 'demo-00005', <Table of 2 Instance>)
    """

    __slots__ = ("_at", "_rows")

    def __init__(self, rows: Sequence[T_co], at: range | None = None) -> None:
        """Show the rows at those places; without places all of them."""
        self._rows = rows
        self._at = range(len(rows)) if at is None else at

    def __len__(self) -> int:
        return len(self._at)

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> "Table[T_co]": ...
    def __getitem__(self, index: int | slice) -> "T_co | Table[T_co]":
        if isinstance(index, slice):
            return Table(self._rows, self._at[index])
        return self._rows[self._at[index]]

    def __iter__(self) -> Iterator[T_co]:
        rows = self._rows
        return (rows[index] for index in self._at)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return len(self) == len(other) and all(mine == its for mine, its in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"<Table of {len(self):,} {type(self[0]).__name__ if self else 'rows'}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return (Table, (tuple(self),))


class _Listed:
    """What pagers of both clients are: a list of the core, and what is known of it."""

    __slots__ = ("_source", "_total_count")

    def __init__(self, source: "PageSource") -> None:
        """Show a list of the core."""
        self._source = source
        self._total_count: int | None = None

    @property
    def total_count(self) -> int | None:
        """How many rows there are, as the service said last; None before the first page."""
        return self._total_count

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._source.name}>"


class Pager(_Listed, Generic[T_co]):
    """A list of the service: iterate over it, over its `pages()`, or `collect()` it. Each iteration reads it anew.

    While its reader has one page, the next is being fetched, never more.

    Example:
        >>> from koophone.testing import Simulator
        >>> with Simulator(instances=3) as cloud, cloud.client() as client:
        ...     [phone.instance_name for phone in client.list_instances()]
        ['demo-00001', 'demo-00002', 'demo-00003']
    """

    __slots__ = ()

    def pages(self) -> Iterator[Page[T_co]]:
        """Iterate over the pages.

        Raises:
            KooPhoneError: A page could not be had.
        """
        reading = self._source.read()
        while (page := reading.next_page()) is not None:
            self._total_count = page.total_count
            yield page

    def __iter__(self) -> Iterator[T_co]:
        for page in self.pages():
            yield from page.items

    def collect(self) -> Table[T_co]:
        """Fetch everything, pages side by side once the total is known.

        Raises:
            KooPhoneError: A page could not be had.
        """
        rows = self._source.read(whole=True).collect()
        self._total_count = rows.total_count
        return Table(rows)


class AsyncPager(_Listed, Generic[T_co]):
    """A list of the service, for asyncio: `async for` over it or its `pages()`, or `await` its `collect()`.

    While its reader has one page, the next is being fetched, never more.

    Example:
        >>> import asyncio
        >>> from koophone.testing import Simulator
        >>> async def names(cloud):
        ...     async with cloud.async_client() as client:
        ...         return [phone.instance_name async for phone in client.list_instances()]
        >>> with Simulator(instances=2) as cloud:
        ...     asyncio.run(names(cloud))
        ['demo-00001', 'demo-00002']
    """

    __slots__ = ()

    def pages(self) -> AsyncIterator[Page[T_co]]:
        """Iterate over the pages.

        Raises:
            KooPhoneError: A page could not be had.
        """
        return _AsyncPages(self, self._source.read())

    def __aiter__(self) -> AsyncIterator[T_co]:
        return _AsyncItems(self.pages())

    async def collect(self) -> Table[T_co]:
        """Fetch everything, pages side by side once the total is known.

        Raises:
            KooPhoneError: A page could not be had.
        """
        rows: Any = await _collect(self._source.read(whole=True))
        self._total_count = rows.total_count
        return Table(rows)


class _AsyncPages(AsyncIterator[Page[T_co]]):
    """Pages as they come. No async generator: one that is left early needs its loop to be closed."""

    def __init__(self, pager: AsyncPager[T_co], reading: Reading) -> None:
        self._pager = pager
        self._reading = reading

    async def __anext__(self) -> Page[T_co]:
        page: Any = await _next_page(self._reading)
        if page is None:
            raise StopAsyncIteration
        self._pager._total_count = page.total_count  # noqa: SLF001 - the pager's own iterator
        return page  # type: ignore[no-any-return] # the core's classes are not generic


class _AsyncItems(AsyncIterator[T_co]):
    """Rows as their pages come."""

    def __init__(self, pages: AsyncIterator[Page[T_co]]) -> None:
        self._pages = pages
        self._items: Iterator[T_co] = iter(())

    async def __anext__(self) -> T_co:
        while True:
            for item in self._items:
                return item
            self._items = iter((await anext(self._pages)).items)
