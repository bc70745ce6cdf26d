"""The demand view: when calls come, how many, what a target takes, and whether the past bears it out."""
