"""The help of commands in the language in use: said when it is shown, for the language is an option itself."""

from __future__ import annotations

from typing import Any, Final

from solver.wording import tr

_FILLED: Final[dict[str, tuple[str, dict[str, object]]]] = {}
"""Help that holds values, by its English: the message and they."""


def filled(message: str, **values: object) -> str:
    """Return help that names values, such as the choices there are."""
    english = message.format(**values)
    _FILLED[english] = message, values
    return english


def say_help(command: Any) -> None:
    """Have a command and all below it say their help in the language that is in use when it is asked for."""
    below = tuple(getattr(command, "commands", {}).values())
    told = [(part, part.help) for part in (command, *command.params, *below) if getattr(part, "help", None)]
    plain = command.get_help

    def get_help(context: Any) -> str:
        for part, english in told:
            message, values = _FILLED.get(english, (english, {}))
            part.help = tr(message, **values)
        found: str = plain(context)
        return found

    command.get_help = get_help
    for each in below:
        say_help(each)
