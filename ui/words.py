"""Words that no widget says of itself: one way into the person's language for functions."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def tr(words: str) -> str:
    """Return words in the person's language; translation files keep them without a context, where lupdate puts them."""
    return QCoreApplication.translate("", words)
