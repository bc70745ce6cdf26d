"""Tokens: the colours of one palette as its file names them."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from crt_scheduler.places import resource

Pair = tuple[str, str]


class Tokens(msgspec.Struct, frozen=True):
    """One palette: colours by role; pairs are (fill, edge) for areas and (fill, text) for heat and demand."""

    colours: dict[str, str]
    areas: tuple[Pair, ...]
    clergy: Pair
    backup: Pair
    heat: tuple[Pair, ...]
    demand: tuple[Pair, ...]


@dataclass(frozen=True)
class Ramp:
    """Steps of one hue: a part of the whole (0 to 1) to its fill and the text that reads on it."""

    steps: tuple[Pair, ...]

    def at(self, part: float) -> Pair:
        """Return the step of a part; parts outside 0 to 1 count as the nearer end."""
        number = min(len(self.steps) - 1, max(0, int(part * len(self.steps))))
        return self.steps[number]


def palette(*, is_dark: bool) -> Tokens:
    """Read the light or the dark palette."""
    name = "dark" if is_dark else "light"
    return msgspec.json.decode(resource("palettes", f"{name}.json").read_bytes(), type=Tokens)


def style_sheet(tokens: Tokens, *, is_dark: bool) -> str:
    """Return the style sheet with every @role replaced by its colour, longest role first."""
    sheet = resource("look.qss").read_text(encoding="utf-8")
    sheet = sheet.replace("@icons", resource("icons").as_posix()).replace("@shade", "dark" if is_dark else "light")
    for role in sorted(tokens.colours, key=len, reverse=True):
        sheet = sheet.replace(f"@{role}", tokens.colours[role])
    return sheet
