"""The settings: the programme and its rules as a coordinator sets them, on the command line or in the window."""
