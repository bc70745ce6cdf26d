"""The call-out: who cannot be phoned, who answers how surely, whom to phone first, and what they answered."""
