"""Files out: calendars, what each person was last sent, roster tables, mail drafts and the duty sheet.

The doors are `publishing.publish` and `ledger.stale`; nothing is imported here, so that asking who holds a stale
calendar loads no calendar, spreadsheet or PDF library.
"""
