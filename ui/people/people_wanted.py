"""Which people the list shows."""

from __future__ import annotations

from dataclasses import dataclass

from crt_scheduler.people.people_list import PersonLine


@dataclass(frozen=True)
class Wanted:
    """Which people the list shows: nothing means everyone."""

    text: str = ""
    area: str = ""
    language: str = ""
    role: str = ""
    status: str = ""
    kept: str = ""
    """The id of somebody who stays whatever else is wanted: the row being edited."""

    def takes(self, line: PersonLine) -> bool:
        """Is the person among those wanted?"""
        if line.id == self.kept:
            return True
        if self.area and self.area != line.home_area and self.area not in line.areas:
            return False
        if self.language and self.language not in line.languages:
            return False
        if self.role and self.role != ("clergy" if line.kind == "clergy" else line.role):
            return False
        if self.status == "expiring":
            held = line.first_to_expire
            if held is None or held.state not in ("soon", "expired"):
                return False
        elif self.status and self.status != line.status:
            return False
        if not self.text:
            return True
        digits = "".join(c for c in self.text if c.isdigit())
        found = f"{line.id} {line.name} {line.email} {line.home_division} {line.phone}".casefold()
        return all(word in found for word in self.text.casefold().split()) or (
            len(digits) > 3 and any(digits in phone for phone in (line.phone, line.phone_2))
        )
