"""The languages of the team: those that the programme wants, those that people speak, and the words learnt for them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from crt_scheduler.imports.compared_names import word as folded
from crt_scheduler.tables import LearntWord, Responder, WantedLanguage


def there_are(session: Session) -> tuple[str, ...]:
    """Return the languages that are wanted, and those that people speak."""
    wanted = session.scalars(select(WantedLanguage.name).order_by(WantedLanguage.id))
    spoken = sorted({name for row in session.scalars(select(Responder.languages)) for name in row})
    return tuple({folded(name): name for name in reversed((*wanted, *spoken))}.values())[::-1]


def languages_of(session: Session) -> dict[str, str]:
    """Return the languages there are, and the words learnt for them, by folded text."""
    learnt = select(LearntWord.text, LearntWord.meaning).where(LearntWord.topic == "language")
    answered = dict(session.execute(learnt).all())
    return {**{folded(name): name for name in reversed(there_are(session))}, **answered}
