"""Reports: the year, hours per person, fairness and coverage kept, on screen and as files."""
