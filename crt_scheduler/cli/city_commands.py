"""The command that makes the sample city, a whole team to try the app on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crt_scheduler import sample, times
from crt_scheduler.cli.command_desk import MOST, desk_of, print_json, say
from solver.wording import tr


def add_to(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("sample-city")(make_sample_city)


def make_sample_city(
    context: typer.Context,
    seed: Annotated[int, typer.Option(help="Same seed, same city.", min=0, max=MOST)] = 1,
    month: Annotated[str, typer.Option(help="The month to plan; default: next month.", metavar="YYYY-MM")] = "",
) -> None:
    """Make the database with the whole sample city in it, ready to open; it must not be there yet."""
    desk = desk_of(context)
    chosen = month or times.next_month(desk.now.date())

    def tell(number: int, step: str) -> None:
        if desk.json:
            print_json({"step": step, "number": number, "steps": len(sample.STEPS)})
        else:
            say(
                tr(
                    "{number} of {count}: {step}",
                    number=number + 1,
                    count=len(sample.STEPS),
                    step=step.replace("_", " "),
                ),
                json=True,
            )

    path = sample.make_database(Path(desk.database), seed=seed, month=chosen, now=desk.now, who=desk.who, on_step=tell)
    desk.done(tr("Made {path}, the sample city, to plan {month} with.", path=path, month=times.month_words(chosen)))
