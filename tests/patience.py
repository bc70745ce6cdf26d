"""How long a test waits for what must come."""

from __future__ import annotations

LONG = 900.0
"""Seconds: so many that no busy machine makes a test fail, and only one that fails ever takes them."""
