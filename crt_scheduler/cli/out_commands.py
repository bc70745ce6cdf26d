"""Commands that send a month out: publish, and who holds a stale calendar."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crt_scheduler import planning
from crt_scheduler.cli.command_desk import Force, count_words, desk_of, month_argument, print_json, say, table
from crt_scheduler.cli.publish_preview import show_preview
from crt_scheduler.errors import CrtError
from crt_scheduler.publish import folder, publishing, sending, sent_ledger
from solver.wording import mark, tr

LEFT_OUT = mark("Left out of calendars and rosters: phone numbers, addresses, e-mail addresses and notes.")


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("publish")(publish_month)
    app.command()(stale)


def publish_month(
    context: typer.Context,
    month: Annotated[str, month_argument()],
    out: Annotated[Path | None, typer.Option(help="The folder for calendars and rosters.", metavar="DIR")] = None,
    acknowledge: Annotated[
        list[str], typer.Option(help="Publish although this hard rule is broken.", metavar="RULE")
    ] = [],  # noqa: B006
    eml: Annotated[bool, typer.Option(help="Also one mail draft per responder with changes.")] = False,
    duty_sheet: Annotated[bool, typer.Option(help="Also a PDF with phone numbers, for the duty lead.")] = False,
    preview: Annotated[bool, typer.Option("--preview", help="Say what would be sent; write nothing.")] = False,
    force: Force = False,
) -> None:
    """Publish a month: calendars for everyone, the whole roster, what changed and why."""
    desk = desk_of(context)
    if preview:
        show_preview(desk, month)
        return
    if out is None:
        raise CrtError(tr("Name the folder for the calendars with --out DIR, or look first with --preview."))
    folder.named(out)
    with desk.open() as store:
        with store.read() as session:
            broken = [v for v in planning.check(session, month, now=desk.now) if v.hard and v.rule not in acknowledge]
        if broken:
            for violation in broken[:10]:
                say(violation.sentence, json=True)
            names = " ".join(tr("--acknowledge {rule}", rule=rule) for rule in dict.fromkeys(v.rule for v in broken))
            say(tr("Hard rules are broken. Repair them, or publish all the same with {names}", names=names), json=True)
            if desk.json:
                print_json({"broken": broken})
            raise typer.Exit(1)
        report = sending.send(store, month, out, acknowledged=acknowledge, eml=eml, duty_sheet=duty_sheet, force=force)
    say(_summary(report, out, eml=eml), json=desk.json)
    if desk.json:
        print_json(report)


def _summary(report: publishing.Published, out: Path, *, eml: bool) -> str:
    """Return what a publication did, as a coordinator reads it."""
    lines = [
        tr(
            "{month}, version {version}: {calendars} calendars are in {out}.",
            month=report.month,
            version=report.version,
            calendars=report.calendars,
            out=out / "calendars",
        ),
        tr(LEFT_OUT),
    ]
    if report.is_new_version:
        lines.append(
            tr(
                "{count}, {changed} changed, {cancelled} cancelled, for "
                "{count2} people; everyone published counts as told. Publishing cannot be undone.",
                count=count_words(report.new, "new shift"),
                changed=report.changed,
                cancelled=report.cancelled,
                count2=len(report.people_changed),
            )
        )
    else:
        lines.append(tr("Nothing has changed since it was published last; the files are the same."))
    if eml and report.without_email:
        some = ", ".join(report.without_email[:10]) + (tr(" and others") if len(report.without_email) > 10 else "")
        lines.append(
            tr(
                "{count} people have no e-mail address and so no mail draft: {some}.",
                count=len(report.without_email),
                some=some,
            )
        )
    lines += _older(report)
    lines.append(
        tr(
            "Opening a calendar file twice may duplicate shifts in some calendar programs (Outlook, calcurse); "
            "subscriptions refresh in 4 to 24 hours. Phone about late changes too."
        )
    )
    return "\n".join(lines)


def _older(report: publishing.Published) -> list[str]:
    """Say what of older versions lies in the folder: only the coordinator knows whether it was sent."""
    kinds = ((report.older_drafts, tr("mail draft")), (report.older_sheets, tr("duty sheet")))
    some = " and ".join(count_words(count, noun) for count, noun in kinds if count)
    return (
        [tr("{some} of older versions lie there still; delete those that are sent or no longer wanted.", some=some)]
        if some
        else []
    )


def stale(context: typer.Context) -> None:
    """List who was last sent a calendar that the published months have since moved away from."""
    desk = desk_of(context)
    with desk.open() as store, store.read() as session:
        found = sent_ledger.stale(session, desk.now)
    if desk.json:
        print_json(found)
        return
    if not found:
        say(tr("Everyone holds the calendar that was published last."))
        return
    say(tr("{count} people hold a stale calendar. Publish the month again to send what changed.", count=len(found)))
    table(tr("Stale calendars"), [tr("Id"), tr("Name")], [[row.code, row.name] for row in found])
