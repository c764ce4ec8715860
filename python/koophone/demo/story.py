"""What the demo does, section by section."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from .._core import Instance
from ..batches import BatchResult
from ..enums import TransferStatus
from ..reports import PrepareReport
from ..testing.simulator import Simulator
from . import census
from .expectations import expect
from .following import Following
from .halves import USER, AsyncHalf, BlockingHalf
from .pair import Pair
from .screen import Screen
from .share import Share

_NAMES = ("Client", "AsyncClient")
_FIRST_ROWS = 5
_COLUMNS = ("instance_id", "instance_name", "running_status", "login_status", "assign_user")


class Story:
    """The main job, told on one simulator."""

    def __init__(self, cloud: Simulator, pair: Pair, screen: Screen) -> None:
        self._cloud = cloud
        self._pair = pair
        self._screen = screen

    def tell(self) -> str:
        """Do it all; gives the sum of it.

        Raises:
            KooPhoneError: A call failed.
            UnmetError: Something did not come out as it must.
        """
        before = self._list_all()
        half = len(before) // 2
        one, two = shares = Share.of(before[:half]), Share.of(before[half:])
        self._prepare(one.prepared, two.prepared)
        self._fail_to_prepare(one, two)
        self._reset(one.reset, two.reset)
        self._delete(one.deleted, two.deleted)
        self._look_again(before, shares)
        prepared, reset, deleted = (
            _total(parts)
            for parts in zip(*((share.prepared, share.reset, share.deleted) for share in shares), strict=True)
        )
        return f"{len(before):,} listed, {prepared:,} prepared, 2 failures mended, {reset} reset, {deleted} deleted"

    def _list_all(self) -> Sequence[Instance]:
        self._screen.heading("1. List all instances, with both clients")
        listed, listed_async = self._pair.run(BlockingHalf.list_all, AsyncHalf.list_all)
        rows = [[_cell(getattr(each, name)) for name in _COLUMNS] for each in listed[:_FIRST_ROWS]]
        self._screen.table(_COLUMNS, rows)
        self._screen.line(f"... and {len(listed) - len(rows):,} more. All of them in numbers:")
        self._screen.table(("", "count"), census.rows(census.count(listed)))
        expect("the IDs that were listed", _ids(listed), expected=self._cloud.instance_ids)
        expect("what AsyncClient lists", listed_async, expected=listed)
        return listed

    def _prepare(self, one: Sequence[str], two: Sequence[str]) -> None:
        self._screen.heading(
            f"2. Prepare {_total((one, two)):,} instances for user {USER} and wait until all are ready"
        )
        with Following(self._screen, dict(zip(_NAMES, (len(one), len(two)), strict=True))) as following:
            first, second = map(following.listener, _NAMES)
            reports = self._pair.run(lambda half: half.prepare(one, first), lambda half: half.prepare(two, second))
        self._show_ready(reports, (one, two))

    def _fail_to_prepare(self, one: Share, two: Share) -> None:
        self._screen.heading(f"3. Prepare {_total((one.tried, two.tried))} more, of which one of each client's fails")
        for share in (one, two):
            self._cloud.change_instance(share.failing, fails_to_prepare=True)
        errors = self._pair.run(
            lambda half: half.fail_to_prepare(one.tried), lambda half: half.fail_to_prepare(two.tried)
        )
        for name, error, share in zip(_NAMES, errors, (one, two), strict=True):
            self._screen.line(f"{name:<11}  {type(error).__name__}: {error}")
            self._screen.line(f"{'':<11}  .report: {error.report}")
            for instance_id, why in error.report.failed.items():
                self._screen.line(
                    f"{'':<11}  .report.failed[{instance_id!r}].status: {_cell(getattr(why, 'status', why))}"
                )
            expect(f"the instances that {name} reports as failed", set(error.report.failed), expected={share.failing})
            expect(f"the others of {name}", set(error.report.ready), expected=set(share.tried) - {share.failing})
        self._screen.line("What to do: use the ready ones, have the cause mended, prepare the failed ones again.")
        self._mend((one.failing,), (two.failing,))

    def _mend(self, one: Sequence[str], two: Sequence[str]) -> None:
        for instance_id in chain(one, two):
            self._cloud.change_instance(instance_id, fails_to_prepare=False)
        reports = self._pair.run(lambda half: half.prepare(one), lambda half: half.prepare(two))
        self._show_ready(reports, (one, two))

    def _show_ready(self, reports: Sequence[PrepareReport], parts: Sequence[Sequence[str]]) -> None:
        for name, report, part in zip(_NAMES, reports, parts, strict=True):
            self._screen.line(f"{name:<11}  {len(report.ready):,} of {len(part):,} ready after {report.elapsed:.0f} s")
            expect(f"the instances that {name} made ready", report.ready, expected=tuple(part))
            expect(f"the instances that {name} did not make ready", [*report.failed, *report.pending], expected=[])

    def _reset(self, one: Sequence[str], two: Sequence[str]) -> None:
        self._screen.heading(f"4. Reset {_total((one, two))} instances: their users' data are wiped")
        results = self._pair.run(lambda half: half.reset(one), lambda half: half.reset(two))
        self._show_batches(results, (one, two))

    def _delete(self, one: Sequence[str], two: Sequence[str]) -> None:
        self._screen.heading(f"5. Delete {_total((one, two))} instances for good")
        results = self._pair.run(lambda half: half.delete(one), lambda half: half.delete(two))
        self._show_batches(results, (one, two))

    def _show_batches(self, results: Sequence[BatchResult[Any]], parts: Sequence[Sequence[str]]) -> None:
        for name, result, part in zip(_NAMES, results, parts, strict=True):
            self._screen.line(f"{name:<11}  {len(result)} succeeded: {', '.join(result)}")
            expect(f"the instances of the batch of {name}", result.succeeded, expected=tuple(part))

    def _look_again(self, before: Sequence[Instance], shares: Sequence[Share]) -> None:
        self._screen.heading("6. List again: what has changed")
        after, after_async = self._pair.run(BlockingHalf.list_all, AsyncHalf.list_all)
        self._screen.table(("", "before", "after", "change"), census.changes(census.count(before), census.count(after)))
        expect("the IDs that AsyncClient lists", _ids(after_async), expected=_ids(after))
        deleted = set(chain.from_iterable(share.deleted for share in shares))
        kept = tuple(instance_id for instance_id in _ids(before) if instance_id not in deleted)
        expect("the instances that are left", _ids(after), expected=kept)
        for share in shares:
            _check_left(share, {each.instance_id: each for each in after})


def _check_left(share: Share, left: Mapping[str, Instance]) -> None:
    for instance_id in {*share.prepared, *share.tried} - {*share.deleted}:
        expect(f"the user of {instance_id}", left[instance_id].assign_user, expected=USER)
        expect(f"whether {instance_id} has no phone", left[instance_id].phone_id is None, expected=False)
    for instance_id in share.reset:
        expect(f"the backup of {instance_id}", left[instance_id].backup_status, expected=TransferStatus.PREPARING)


def _ids(fleet: Sequence[Instance]) -> tuple[str, ...]:
    return tuple(each.instance_id for each in fleet)


def _total(parts: Sequence[Sequence[str]]) -> int:
    return sum(map(len, parts))


def _cell(value: object) -> str:
    return "-" if value is None else getattr(value, "name", str(value))
