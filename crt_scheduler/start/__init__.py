"""The front step: `python3 -m crt_scheduler.start run|test` makes .venv from the lock, then opens the window or tests.

It runs before anything is installed, so it stands on the standard library alone and parses on old Pythons too.
"""
