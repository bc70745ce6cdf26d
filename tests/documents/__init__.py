"""The pages that are made from the code: `python -m tests.documents` says which differ, with `write` it writes them."""
