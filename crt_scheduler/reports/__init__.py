"""Reports of a stretch of days: the year, hours per person, fairness and coverage; PDF, XLSX and CSV say the same."""
