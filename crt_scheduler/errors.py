"""The one kind of error that people read: a sentence that says what is wrong and what to do."""


class CrtError(Exception):
    """Something a person can mend; `str()` is the sentence to show, ending with the remedy."""


class NotAllowed(CrtError):
    """The answer is "no": what was asked would break what is already promised."""
