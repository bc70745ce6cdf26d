"""A kind of records that files bring, as a value: its words and fields, and how it is read and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from crt_scheduler.file_field import Cell, Field
from crt_scheduler.imports.change_plan import ImportPlan
from solver.wording import mark

WHOSE = Field(
    "person", mark("Person's id"), "person", ("person", "id", "person id", "volunteer id", "responder id", "badge")
)
"""Whom a row is about, in files of other things than people."""
CALLED = (mark("1 row"), mark("{} rows"))


@dataclass(frozen=True)
class Kind:
    """One kind: its name and title, what the history calls its records, its fields, and how it is read and written.

    `needs` are the fields without which a file is none of this kind; `things` what one and many of its rows are called.
    """

    name: str
    title: str
    whats: str
    columns: tuple[Field, ...]
    needs: tuple[str, ...]
    read: Callable[..., ImportPlan[Any]]
    write: Callable[[Session, ImportPlan[Any]], None]
    things: tuple[str, str] = CALLED

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """Return the names of its fields."""
        return tuple(field.name for field in self.columns)

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """Return its fields by name."""
        return {field.name: field for field in self.columns}

    @cached_property
    def topics(self) -> Mapping[str, str]:
        """Return what the words of each field speak of, of those that hold words."""
        return {field.name: field.topic for field in self.columns if field.topic}

    def of_cell(self, cell: Cell) -> tuple[str, ...]:
        """Return the fields that hold such cells, in order."""
        return tuple(field.name for field in self.columns if field.cell == cell)

    @property
    def person(self) -> str:
        """Return the field that names one person a row is about, or nothing."""
        return next(iter(self.of_cell("person")), "")

    @property
    def listed(self) -> str:
        """Return the field that names several people, in a file of other things than people, or nothing."""
        return "" if self.of_cell("name") else next(iter(self.of_cell("people")), "")
