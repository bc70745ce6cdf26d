"""The team: everyone in a list or on a page, with their week and dates, and the acts that change them."""
