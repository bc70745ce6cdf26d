"""Drills: what a crash, a full disk, a power cut, another program or another's file does to the records."""
