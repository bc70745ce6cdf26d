"""The side panel of the roster: the chosen cell, why it is held, and who else could."""
