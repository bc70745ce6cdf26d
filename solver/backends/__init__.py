"""Backends: the only part of the product that imports OR-Tools."""
