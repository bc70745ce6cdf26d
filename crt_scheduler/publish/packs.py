"""Delta packs: per person with news, a plain list with the reasons and a calendar of just those shifts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from crt_scheduler.publish.calendars import Look, render
from crt_scheduler.publish.change_reasons import ShiftNews
from crt_scheduler.publish.one_line import one_line
from crt_scheduler.publish.outgoing_names import file_name
from crt_scheduler.times import month_words
from solver.wording import Sayings, tr

HEADINGS = Sayings({"new": "New", "changed": "Changed", "cancelled": "Cancelled"})
ADVICE = (
    "About your calendar",
    "- Opening the file a second time may duplicate shifts in some calendar programs (Outlook, calcurse). Delete the",
    "  older copy there, or subscribe to the calendar instead.",
    "- A calendar you subscribe to is read again every 4 to 24 hours, so it can lag behind.",
    "- Late changes also come by phone or message. The calendar's alarm is never the only alert.",
)
"""What everybody who opens a calendar file must know (CALENDAR.md, R16)."""


@dataclass(frozen=True)
class Letter:
    """What one person is told of a publication."""

    code: str
    name: str
    month: str
    version: int
    news: tuple[ShiftNews, ...]
    is_first: bool
    """The person never had a shift in a calendar before, so the calendar itself is the news."""

    @property
    def folder(self) -> str:
        """The folder of the version it speaks of, such as 2027-01-v2."""
        return f"{self.month}-v{self.version}"

    def counts(self) -> str:
        """Return how much changed, such as 2 new, 1 cancelled."""
        found = {kind: sum(line.kind == kind for line in self.news) for kind in HEADINGS}
        return ", ".join(f"{count} {kind}" for kind, count in found.items() if count)


def packs(letters: Sequence[Letter], looks: Mapping[str, Look]) -> dict[str, bytes]:
    """Return ID.txt and ID.ics of everybody who has news, in a folder of the version such as changes/2027-01-v2.

    They stay when later versions go out. Who opens files by hand takes the pack: it repeats no shift known already.
    """
    files: dict[str, bytes] = {}
    for letter in letters:
        stem = f"changes/{letter.folder}/{file_name(letter.code)}"
        files[f"{stem}.txt"] = text(letter).encode()
        if not letter.is_first:
            files[f"{stem}.ics"] = render([line.event for line in letter.news], looks[letter.code])
    return files


def text(letter: Letter) -> str:
    """Return the plain list of what changed and why, with the advice on calendar files."""
    return "\n".join([*_lines(letter), "", *ADVICE, ""])


def _lines(letter: Letter) -> Iterator[str]:
    month = month_words(letter.month)
    yield tr(
        "CRT Scheduler: on-call shifts of {one_line}, {month}, version {version}",
        one_line=one_line(letter.name),
        month=month,
        version=letter.version,
    )
    for kind, heading in HEADINGS.items():
        of_kind = [line for line in letter.news if line.kind == kind]
        if of_kind:
            yield from ("", heading)
        for line in of_kind:
            yield f"- {one_line(line.words)}"
            yield tr("  Why: {one_line}", one_line=one_line(line.why))
