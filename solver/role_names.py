"""Roles and tiers as people say them, in one place: a seat, its holder and a letter call them the same."""

from __future__ import annotations

from solver.wording import Sayings

ROLES = Sayings(
    {"lead": "lead", "responder": "responder", "trainee": "trainee", "duty_lead": "duty lead", "clergy": "clergy"}
)
TIERS = Sayings({"primary": "primary", "backup": "backup"})


def role_words(role: str) -> str:
    """Return a role in the language in use; one of a programme's own as it is called there."""
    return ROLES[role] if role in ROLES else role.replace("_", " ")


def seat_words(role: str, tier: str = "") -> str:
    """Return a role with its tier, such as clergy primary: a seat as letters and lists name it."""
    return " ".join(filter(None, (role_words(role), TIERS.get(tier, tier))))
