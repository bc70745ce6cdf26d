"""The front step: `python3 -m crt_scheduler.start run` makes .venv from the lock and opens the window.

It runs before anything is installed, so it stands on the standard library alone and parses on old Pythons too.
"""
