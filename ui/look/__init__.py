"""The look: palettes, type, icons and one style sheet, light and dark, as resources describe them."""

from __future__ import annotations

from ui.look.look import AreaLook, Look, dress

__all__ = ["AreaLook", "Look", "dress"]
