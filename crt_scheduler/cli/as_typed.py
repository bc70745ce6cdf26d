"""Words and flags of a command taken as they are typed, without loading what reads harder values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from typer._click import Context
from typer._coercion import RuntimeParam, TypeDescriptor, build_runtime_param
from typer.core import TyperArgument, TyperGroup, TyperOption

PLAIN = (str, bool)
"""What the reading of the command line makes by itself."""


@dataclass(frozen=True)
class AsTyped(RuntimeParam):
    """Takes a word as a word and a flag as a flag; a value that is neither goes to typer's own reader."""

    descriptor: TypeDescriptor

    def _coerce_value(self, value: Any, param: Any, ctx: Context) -> Any:
        if type(value) is self.annotation:
            return value
        return build_runtime_param(self.descriptor)._coerce_value(value, param=param, ctx=ctx)


def take_as_typed(command: Any) -> None:
    """Let a command and those under it take words and flags as they are.

    Typer (0.29) loads pydantic for each value, plain words too: a tenth of a second, more than many a command takes.
    """
    for each in command.get_params(Context(command)):  # --help among them
        if isinstance(each, (TyperArgument, TyperOption)):
            descriptor = each.type_descriptor
            if descriptor.annotation in PLAIN and descriptor.parameter_info.parser is None:
                each._runtime_param = AsTyped(descriptor.parameter_info, descriptor.annotation, descriptor)
    if isinstance(command, TyperGroup):
        for inner in command.commands.values():
            take_as_typed(inner)
