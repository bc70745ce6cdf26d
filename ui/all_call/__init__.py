"""All-call: everyone is asked for a large event, and relief is planned of those who can come."""
