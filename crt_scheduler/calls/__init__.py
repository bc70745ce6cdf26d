"""Calls as they happen: logged, called out, answered, gone to, cleared and closed; and what they teach."""
