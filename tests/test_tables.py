"""`Table`: the immutable sequence that `collect` gives."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

from koophone import Instance, Table
from tests.fleet import Fleet, phone_ids

if TYPE_CHECKING:
    from koophone import Client
    from tests.scripted_server import ScriptedServer


@pytest.fixture
def table(client: Client, server: ScriptedServer) -> Table[Instance]:
    """25 instances from three pages."""
    server.serve(Fleet(phone_ids(25)))
    return client.list_instances(page_size=10).collect()


def ids_of(instances: Sequence[Instance]) -> list[str]:
    """The IDs in order."""
    return [one.instance_id for one in instances]


def test_a_table_is_a_sequence(table: Table[Instance]) -> None:
    assert isinstance(table, Table)
    assert isinstance(table, Sequence)
    assert len(table) == 25
    assert ids_of(table) == phone_ids(25)
    assert ids_of(list(reversed(table))) == phone_ids(25)[::-1]
    assert bool(table)


def test_rows_by_index(table: Table[Instance]) -> None:
    assert (table[0].instance_id, table[24].instance_id) == ("phone-00000", "phone-00024")
    assert (table[-1].instance_id, table[-25].instance_id) == ("phone-00024", "phone-00000")
    for index in (25, -26, 2**70):
        with pytest.raises(IndexError):
            table[index]
    with pytest.raises(TypeError):
        table["phone-00000"]  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "part", [slice(1, 3), slice(None), slice(-3, None), slice(None, None, -4), slice(9, 2), slice(20, 99)]
)
def test_slices_hold_the_same_rows_as_those_of_a_list(table: Table[Instance], part: slice) -> None:
    assert ids_of(table[part]) == phone_ids(25)[part]


def test_rows_are_found_by_equality(table: Table[Instance]) -> None:
    present, absent = Instance(instance_id="phone-00007"), Instance(instance_id="phone-7")
    assert present in table
    assert absent not in table
    assert "phone-00007" not in table
    assert (table.index(present), table.count(present), table.count(absent)) == (7, 1, 0)
    with pytest.raises(ValueError):  # noqa: PT011 as list.index raises it
        table.index(absent)


def test_tables_with_equal_rows_are_equal(table: Table[Instance], client: Client) -> None:
    assert table == client.list_instances(page_size=10).collect()
    assert table != client.list_instances(page_size=10).collect()[1:]


def test_a_table_does_not_change(table: Table[Instance]) -> None:
    with pytest.raises(TypeError):
        table[0] = table[1]  # type: ignore[index]
    with pytest.raises(TypeError):
        del table[0]  # type: ignore[attr-defined]
    assert not hasattr(table, "append")


def test_repr_is_short_and_tells_how_many_rows(table: Table[Instance]) -> None:
    assert "25" in repr(table)
    assert len(repr(table)) < 5000


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_a_table_survives_copies_and_pickles(table: Table[Instance], again: object) -> None:
    twin = again(table)  # type: ignore[operator]
    assert isinstance(twin, Table)
    assert twin == table


def test_an_empty_table_is_false(client: Client, server: ScriptedServer) -> None:
    server.serve(Fleet([]))
    table = client.list_instances().collect()
    assert (len(table), bool(table), list(table)) == (0, False, [])
