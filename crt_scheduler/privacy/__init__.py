"""Privacy: how long each kind of record is kept, taking out what is past that, and what may be shown to anyone."""
