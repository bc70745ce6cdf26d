"""The solver room: a Problem in, a Result out; it knows nothing of databases or windows."""
