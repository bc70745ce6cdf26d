"""Rows kept packed are the rows that were put in, in any order of looking at them, however heavy they are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crt_scheduler.packed import BLOCK, HEAVY, Both, Packed


def packed(rows: list[tuple[int, str]], *, weight: int) -> Packed[tuple[int, str]]:
    """Return rows packed, each of a weight."""
    made = Packed[tuple[int, str]](tuple[int, str], take=tuple, make=tuple)
    for row in rows:
        made.append(row, weight=weight)
    return made


@given(st.integers(0, 3 * BLOCK + 7), st.sampled_from([0, HEAVY // 7, HEAVY + 1]), st.data())
def test_packed_rows_are_a_sequence_of_what_was_put_in(count: int, weight: int, data: st.DataObject) -> None:
    rows = [(n, f"row {n}") for n in range(count)]
    made = packed(rows, weight=weight)
    assert list(made) == rows and len(made) == count
    first, last = (data.draw(st.integers(-count - 3, count + 3)) for _ in range(2))
    assert made[first:last] == tuple(rows[first:last])
    assert made[first:last:-2] == tuple(rows[first:last:-2])
    if count:
        place = data.draw(st.integers(-count, count - 1))
        assert made[place] == rows[place]
        assert Both(made, rows)[place] == [*rows, *rows][place]
    assert list(Both(made, rows)) == [*rows, *rows]
