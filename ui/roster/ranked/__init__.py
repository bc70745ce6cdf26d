"""Ranked lists of people: who could, best first, and what each changes."""
