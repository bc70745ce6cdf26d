"""Row images of every act: the one mechanism behind undo, redo and the audit trail."""

from crt_scheduler.journal.images import (
    NOTHING,
    DamagedJournal,
    Image,
    RowChange,
    batch,
    batch_numbers,
    batches_of,
    damaged_batches,
    held_in,
    rows_of,
)
from crt_scheduler.journal.journal_lines import (
    HistoryLine,
    changes_since,
    history,
    is_large,
    next_redo,
    next_undo,
    revision,
    tables_since,
)
from crt_scheduler.journal.recording import Recorder, added, forget, touch, write
from crt_scheduler.journal.undoing import redo, undo

__all__ = [
    "NOTHING",
    "DamagedJournal",
    "HistoryLine",
    "Image",
    "Recorder",
    "RowChange",
    "added",
    "batch",
    "batch_numbers",
    "batches_of",
    "changes_since",
    "damaged_batches",
    "forget",
    "held_in",
    "history",
    "is_large",
    "next_redo",
    "next_undo",
    "redo",
    "revision",
    "rows_of",
    "tables_since",
    "touch",
    "undo",
    "write",
]
