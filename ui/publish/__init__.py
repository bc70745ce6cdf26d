"""Publishing a month: what would change for whom, what is broken, the files, and who holds a stale calendar."""
