"""docs/commands.md and the README's table: the command line as it says itself, with every argument and option."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import typer

from crt_scheduler.cli import every_command
from crt_scheduler.cli.rooms import ROOMS

HEAD = """\
# Commands

`crt-scheduler` lies in `.venv/bin` after `make run`; without a command it opens the window. Options of all stand before
the command, `--json` anywhere. Exit codes: 0 done, 1 the answer is no, 2 something to mend, said in a sentence, 70 a
fault of the program. `crt-scheduler COMMAND --help` says the same as this page.
"""
VALUES = {int: "N", float: "NUMBER", Path: "PATH"}
"""What stands for a value whose name the option does not say."""
GIVEN = ("--help",)


def table() -> str:
    """The README's table: each command, or group of commands, with the first sentence of its help."""
    rows = [f"| `{cell(command)}` | {first(command.help)} |\n" for command in in_order(top())]
    return "| command | what it does |\n|---|---|\n" + "".join(rows)


def top() -> Any:
    """The command line with every command."""
    return typer.main.get_command(every_command())


def in_order(app: Any) -> list[Any]:
    """The commands as the table of rooms has them, those of one subject together."""
    return [app.commands[name] for names in ROOMS.values() for name in names]


def cell(command: Any) -> str:
    """A command with what must follow it, or a group with its commands."""
    inner = getattr(command, "commands", None)
    return f"{command.name} {'/'.join(inner)}" if inner else usage(command, command.name).replace("|", "/")


def usage(command: Any, words: str) -> str:
    """The words of a command, of its arguments and of the options it must have; what may be left out is in brackets."""
    asked = [each for each in command.params if each.param_type_name == "argument"]
    names = [argument(each) if each.required else f"[{argument(each)}]" for each in asked]
    return " ".join([words, *names, *(option(each) for each in command.params if each.required and each not in asked)])


def argument(each: Any) -> str:
    """How an argument is written; dots where several may follow."""
    name = (each.metavar or each.name.upper().replace("_", "-")).strip("[].-")
    return f"{name}..." if each.nargs != 1 else name


def first(said: str | None) -> str:
    """The first sentence of a help."""
    return re.split(r"(?<=[.:!?])\s+(?=[A-Z])", whole(said).split("\n\n")[0], maxsplit=1)[0].replace("|", "\\|")


def whole(said: str | None) -> str:
    """A help, a line for each of its paragraphs."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in (said or "").split("\n\n"))


def page() -> str:
    """The whole page of commands."""
    root = top()
    parts = [HEAD, listed("## Before every command\n", root)]
    for command in in_order(root):
        name = command.name
        if inner := getattr(command, "commands", None):
            parts.append(f"## {name}\n\n{whole(command.help)}\n")
            parts += [entry(each, f"{name} {word}") for word, each in inner.items()]
        else:
            parts.append(entry(command, name, level="##"))
    return "\n".join(parts)


def entry(command: Any, words: str, *, level: str = "###") -> str:
    """One command: its words, its help, its arguments and options."""
    head = f"{level} {words}\n\n    crt-scheduler {usage(command, words)}\n\n{whole(command.help)}\n"
    return listed(head, command)


def listed(head: str, command: Any) -> str:
    """A head and, under it, a line for each argument and option that says something."""
    lines = [line(each) for each in command.params if each.help and not set(each.opts) & set(GIVEN)]
    return head + ("\n" + "".join(lines) if lines else "")


def line(each: Any) -> str:
    """What an argument or option says of itself."""
    name = argument(each) if each.param_type_name == "argument" else option(each)
    more = f" Default: {each.default}." if has_default(each) else ""
    more += " May be given again." if getattr(each, "multiple", False) else ""
    return f"- `{name}`: {whole(each.help).rstrip('.')}.{more}\n"


def option(each: Any) -> str:
    """How an option is written, with what stands for its value; a switch that is off says only how it is put on."""
    kind = each.type_descriptor.annotation
    if kind is bool:
        is_choice = each.default or not all(off == on.replace("--", "--no-") for on, off in pairs(each))
        return "/".join([*each.opts, *(each.secondary_opts if is_choice else ())])
    return f"{each.opts[0]} {each.metavar or VALUES.get(kind, 'TEXT')}"


def pairs(each: Any) -> list[tuple[str, str]]:
    """The words that put a switch on, each beside the one that puts it off."""
    return list(zip(each.opts, each.secondary_opts, strict=False))


def has_default(each: Any) -> bool:
    """Whether an option has a value of its own that its help does not say."""
    return bool(each.default) and not isinstance(each.default, bool) and "efault" not in each.help
