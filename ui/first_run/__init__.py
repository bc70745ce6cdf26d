"""The first run: set up a new team, or open the sample city."""
