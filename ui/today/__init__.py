"""Today: who is on call, the week ahead, what needs care, the next month and the first steps."""
