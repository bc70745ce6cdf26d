"""The finder: Ctrl+K, one field for every act, person, date and month."""

from __future__ import annotations

from ui.finder.finder_panel import Finder

__all__ = ["Finder"]
