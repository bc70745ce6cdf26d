"""Care: debriefs that are owed, who stands down, and whom to phone."""
