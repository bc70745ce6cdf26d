"""The solve drawer: a month is solved, watched, previewed and applied under the board."""
