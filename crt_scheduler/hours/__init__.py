"""Hours: what responders gave, in minutes: on call, at calls, and everything else; promised, logged and approved."""
