"""Calls as they happen: logged, gone to, cleared, signed off and read again."""
