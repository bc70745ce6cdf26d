"""Words of the window: one way into the person's language for functions and widgets."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from crt_scheduler import language as core
from solver.wording import ENGLISH, used
from solver.wording import tr as tr

_installed: list[QTranslator] = []
"""What Qt asks for words; it does not keep what it is given."""


class _Catalogue(QTranslator):
    """Qt's tr() from the same catalogue as every other room."""

    def isEmpty(self) -> bool:  # noqa: N802
        """Is there nothing to say?"""
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """Return a message in the language in use; nothing where it has none, so that Qt's own words are asked."""
        said = used().one(source)
        return said if said != source else None


def _english() -> QLocale:
    """Return English as it is written where this computer stands: never its own language beside ours."""
    return QLocale(QLocale.Language.English, QLocale.system().territory())


def speak(language: str) -> None:
    """Say everything in a language from now on, Qt's own buttons and calendars too; windows made before stay as made.

    Raises CrtError for a language without a catalogue.
    """
    core.speak(language)
    while _installed:
        QCoreApplication.removeTranslator(_installed.pop())
    QLocale.setDefault(QLocale(language) if language != ENGLISH else _english())
    if language == ENGLISH:
        return
    of_qt = QTranslator()
    if of_qt.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        _installed.append(of_qt)
    _installed.append(_Catalogue())
    for each in _installed:
        QCoreApplication.installTranslator(each)
