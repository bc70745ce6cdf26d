"""The truth of the plan: what a call meets under a roster, replayed on the log, aimed at a target, drawn."""
