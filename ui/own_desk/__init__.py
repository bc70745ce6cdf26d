"""The responder's desk: behind a name and a PIN, what is one responder's own, on a computer that several share."""
