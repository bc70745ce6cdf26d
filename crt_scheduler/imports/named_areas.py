"""The areas and divisions that files name, found whatever their case, with the command that adds a missing one."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import programmes, remedies
from crt_scheduler.imports.change_plan import Reader
from crt_scheduler.tables import Area
from solver.wording import tr

WHOLE_CITY = ("", "city")


@dataclass(frozen=True)
class City:
    """Areas and divisions by folded name: row numbers, and the area each division lies in."""

    areas: dict[str, int]
    divisions: dict[str, tuple[int, int]]
    area_names: dict[int, str]

    def area(self, reader: Reader, ours: str) -> int | None:
        """Return the area a field names, or None where it is empty; an unknown one is refused."""
        text = reader.text(ours)
        return self.area_named(reader, ours, text) if text else None

    def area_named(self, reader: Reader, ours: str, text: str) -> int | None:
        """Return the area of one name in a field; an unknown one is refused with what adds it."""
        found = self.areas.get(text.casefold())
        if found is None:
            reader.refuse(
                ours, tr("is no area; {remedy}", remedy=remedies.ADD_THIS_AREA.of(area=shlex.quote(text)).words()), text
            )
        return found

    def division(self, reader: Reader, ours: str, area: int | None) -> tuple[int, int] | None:
        """Return division and its area; one that is unknown, or lies in another area than given, is refused."""
        text = reader.text(ours)
        if not text:
            return None
        found = self.divisions.get(text.casefold())
        if found is None:
            place = shlex.quote(self.area_names[area]) if area is not None else "AREA"
            add = remedies.ADD_THIS_DIVISION.of(area=place, division=shlex.quote(text))
            reader.refuse(ours, tr("is no division; {remedy}", remedy=add.words()))
        elif area is not None and found[1] != area:
            reader.refuse(
                ours,
                tr(
                    "lies in {area_names}, not in {area_names2}; correct one of them",
                    area_names=self.area_names[found[1]],
                    area_names2=self.area_names[area],
                ),
            )
        return found


def city(session: Session) -> City:
    """Read the areas and divisions there are."""
    names = {row.id: row.name for row in session.scalars(select(Area))}
    return City(programmes.area_ids(session), programmes.division_ids(session), names)
