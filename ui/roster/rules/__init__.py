"""The rules panel of the roster: what is broken, and what the month costs by rule."""
