"""Mail drafts: one .eml per person with news, opened and sent by the coordinator, the calendar attached."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from email.policy import SMTP

from crt_scheduler.publish.one_line import one_line
from crt_scheduler.publish.outgoing_names import file_name
from crt_scheduler.publish.packs import Letter, text
from crt_scheduler.times import month_words
from solver.wording import tr

BOUNDARY = "=_crt-scheduler-calendar"
"""Always the same, so that the same news is the same file; base64 and quoted-printable never contain it."""
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def drafts(
    letters: Sequence[Letter], addresses: Mapping[str, str], calendars: Mapping[str, tuple[bytes, ...]]
) -> dict[str, bytes]:
    """Return ID.eml of everybody who has news and an address, in a folder of the version such as mail/2027-01-v2."""
    return {
        f"mail/{letter.folder}/{file_name(letter.code)}.eml": draft(
            letter, addresses[letter.code], calendars[letter.code]
        )
        for letter in letters
        if can_be_mailed(addresses.get(letter.code, "")) and letter.code in calendars
    }


def can_be_mailed(address: str) -> bool:
    """Is this an address that a mail can go to?"""
    return _ADDRESS.fullmatch(address) is not None


def draft(letter: Letter, address: str, calendar: Sequence[bytes]) -> bytes:
    """Return an unsent mail with the list of changes and the person's whole calendar, in parts if it has several."""
    mail = EmailMessage(policy=SMTP)
    mail["X-Mailer"] = "CRT Scheduler"
    mail["X-Unsent"] = "1"
    mail["To"] = address
    mail["Subject"] = tr(
        "Your on-call calendar, {month}: {counts}", month=month_words(letter.month), counts=letter.counts()
    )
    mail.set_content(text(letter), cte="7bit" if text(letter).isascii() else "quoted-printable")
    for number, part in enumerate(calendar, start=1):
        name = file_name(letter.code) + (f"-{number}" if number > 1 else "")
        mail.add_attachment(
            part,
            maintype="text",
            subtype="calendar",
            cte="base64",
            filename=one_line(f"{name}.ics"),
            params={"method": "PUBLISH", "charset": "utf-8"},
        )
    mail.set_boundary(BOUNDARY)
    return mail.as_bytes()
