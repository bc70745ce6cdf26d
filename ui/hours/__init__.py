"""The Hours view: the ledger of a month, the pace of the promise, and sheets out and back."""
