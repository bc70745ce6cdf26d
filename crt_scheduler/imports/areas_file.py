"""Areas from a file: their neighbours, weights and divisions, for a city of one's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from crt_scheduler import limits, sheets
from crt_scheduler.errors import CrtError
from crt_scheduler.file_field import Field
from crt_scheduler.imports import cell_meaning
from crt_scheduler.imports.change_plan import Reader, columns
from crt_scheduler.programmes import AreaPlan
from solver.wording import tr

FIELDS = (Field("area", cell="area"), Field("neighbours"), Field("weight"), Field("division", cell="division"))


@dataclass
class _Gathered:
    name: str
    line: int
    weight: float | None = None
    neighbours: list[str] = field(default_factory=list)
    divisions: list[str] = field(default_factory=list)


def read_areas(path: Path, *, mapping: dict[str, str] | None = None) -> tuple[AreaPlan, ...]:
    """Read areas: one row each, or several that together name its neighbours and divisions; other columns are ignored.

    Lists are split by semicolons; a missing weight is 1. Raises CrtError naming the line for an area without a name,
    a weight that is no number above 0, a neighbour that is no area, or a division in two areas.
    """
    sheet = sheets.read(path)
    held = columns(sheet, mapping or {}, known=FIELDS, required=("area",))
    areas: dict[str, _Gathered] = {}
    owner: dict[str, str] = {}
    for row in sheet.rows:
        reader = Reader(held, row)
        if reader.bad:
            raise _wrong(
                path,
                row.line,
                tr("column {column}, {reason}", column=reader.bad[0].column, reason=reader.bad[0].reason),
            )
        name = reader.text("area")
        if not name or name.casefold() == "city":
            raise _wrong(
                path,
                row.line,
                tr("needs the name of an area") if not name else tr("{name!r} stands for all areas", name=name),
            )
        area = areas.setdefault(name.casefold(), _Gathered(name, row.line))
        if max(len(areas), len(area.divisions)) > limits.MOST_AREAS:
            raise _wrong(
                path,
                row.line,
                tr("more than {most_areas} areas, or divisions in one of them", most_areas=limits.MOST_AREAS),
            )
        _weigh(path, row.line, area, reader.text("weight"))
        area.neighbours += [other for other in reader.several("neighbours") if other not in area.neighbours]
        for division in reader.several("division"):
            if owner.setdefault(division.casefold(), area.name) != area.name:
                raise _wrong(
                    path,
                    row.line,
                    tr(
                        "division {division!r} is already in {owner}",
                        division=division,
                        owner=owner[division.casefold()],
                    ),
                )
            if division not in area.divisions:
                area.divisions.append(division)
    if not areas:
        raise CrtError(tr("{name} names no area. Write one row for each, under the column area.", name=path.name))
    return tuple(_plan(path, area, areas) for area in areas.values())


def _weigh(path: Path, line: int, area: _Gathered, text: str) -> None:
    if not text:
        return
    try:
        weight = cell_meaning.number(text, "")
    except ValueError:
        weight = 0.0
    if not 0 < weight < 1e12:
        raise _wrong(path, line, tr("weight {text!r} is not a number above 0", text=text))
    if area.weight not in (None, weight):
        raise _wrong(path, line, tr("{name} has another weight on line {line}", name=area.name, line=area.line))
    area.weight = weight


def _plan(path: Path, area: _Gathered, areas: dict[str, _Gathered]) -> AreaPlan:
    neighbours = []
    for name in area.neighbours:
        if name.casefold() not in areas:
            raise _wrong(
                path,
                area.line,
                tr("{name} names the neighbour {name2!r}, which is no area of the file", name=area.name, name2=name),
            )
        if areas[name.casefold()] is area:
            raise _wrong(path, area.line, tr("{name} is named as its own neighbour", name=area.name))
        neighbours.append(areas[name.casefold()].name)
    weight = 1.0 if area.weight is None else area.weight
    return AreaPlan(area.name, weight=weight, neighbours=tuple(neighbours), divisions=tuple(area.divisions))


def _wrong(path: Path, line: int, what: str) -> CrtError:
    return CrtError(tr("{name}, line {line}: {what}. Correct it and try again.", name=path.name, line=line, what=what))
