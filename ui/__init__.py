"""The windows: the only room that may import PySide6."""

import builtins

plain_import = builtins.__import__
"""Python's own import, noted before PySide6 puts its own in its place; see ui.imports."""
