"""PINs: a responder's own key to the shared desk, hashed with argon2; a courtesy, not a lock on the file."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY
from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler import remedies, roster
from crt_scheduler.act import Act
from crt_scheduler.errors import CrtError, NotAllowed
from crt_scheduler.tables import Pin, Responder
from solver.wording import mark, tr

SHORTEST, LONGEST = 4, 12
FREE_TRIES = 2
"""So many wrong PINs in a row cost nothing but the time of the hash; each further one doubles the wait."""
LONGEST_WAIT = 60
COURTESY = mark("The PIN is a courtesy on a shared desk, not a lock: who has the file can read all of it.")
_HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


def has_pin(session: Session, code: str) -> bool:
    """Has the person chosen a PIN? Raises CrtError for an unknown person."""
    return _row(session, roster.person(session, code)) is not None


def set_pin(session: Session, code: str, pin: str) -> None:
    """Give a person a PIN, in place of the one they had; raises CrtError unless it is 4 to 12 digits, not all alike."""
    who = roster.person(session, code)
    refuse_weak(pin)
    row, hashed = _row(session, who), _HASHER.hash(pin)
    if row is None:
        session.add(Pin(responder_id=who.id, hashed=hashed))
    else:
        row.hashed = hashed
    session.flush()


def choose_pin(session: Session, code: str, pin: str) -> None:
    """Let a person choose their first PIN; raises NotAllowed where they have one: a coordinator forgets it first."""
    if has_pin(session, code):
        raise NotAllowed(tr("There is a PIN already."), remedies.FORGET_PIN.of(code=code))
    set_pin(session, code, pin)


def refuse_weak(pin: str) -> None:
    """Raise CrtError for what is no PIN, or one that anybody tries first."""
    if not (pin.isascii() and pin.isdecimal() and SHORTEST <= len(pin) <= LONGEST):
        raise CrtError(
            tr("A PIN is {shortest} to {longest} digits. Choose another one.", shortest=SHORTEST, longest=LONGEST)
        )
    if len(set(pin)) == 1 or pin in "01234567890" or pin in "09876543210":
        raise CrtError(tr("That PIN is tried first by anybody. Choose another one."))


def check_pin(session: Session, code: str, pin: str) -> bool:
    """Is this the person's PIN? Every check takes the time of one hash, also where there is no PIN to check."""
    row = _row(session, roster.person(session, code))
    try:
        return _HASHER.verify(row.hashed if row else _HASHER.hash("0000"), pin) and row is not None
    except (VerificationError, InvalidHashError):
        return False


def forget_pin(session: Session, code: str) -> None:
    """Take a person's PIN away, so that they choose a new one; raises CrtError where there is none."""
    who = roster.person(session, code)
    row = _row(session, who)
    if row is None:
        raise CrtError(tr("{name} has no PIN. They choose one at the responder's desk.", name=who.name))
    session.delete(row)
    session.flush()


SET = Act(set_pin, roster.of_person(mark("PIN of {name} set")))
CHOOSE = Act(choose_pin, SET.label)
FORGET = Act(forget_pin, roster.of_person(mark("PIN of {name} forgotten")))


def wait_after(wrong: int) -> int:
    """Return how many seconds to wait after so many wrong PINs in a row: 0, 0, 2, 4, 8 and so on, 60 at most."""
    return 0 if wrong <= FREE_TRIES else min(LONGEST_WAIT, 2 ** (wrong - FREE_TRIES))


def _row(session: Session, who: Responder) -> Pin | None:
    found: Pin | None = session.scalar(select(Pin).where(Pin.responder_id == who.id))
    return found
