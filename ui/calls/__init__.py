"""The calls view: the log, quick entry, the call-out with its answers, and the report of a call."""
