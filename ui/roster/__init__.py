"""The roster: the month's board, the chosen cell beside it, what is wrong with it."""
