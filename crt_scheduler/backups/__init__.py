"""The safety of the database file: what may be opened, what is moved aside, backups and restoring them."""

from crt_scheduler.backups.backup_names import (
    Backup,
    command,
    damaged_sentence,
    dated_name,
    folder,
    listed,
    missing_sentence,
    newest,
    uid_of,
)
from crt_scheduler.backups.copying import back_up
from crt_scheduler.backups.previewing import Preview, preview
from crt_scheduler.backups.restoring import restore
from crt_scheduler.backups.sound import refuse_unsound
from crt_scheduler.database_path import local_path

__all__ = [
    "Backup",
    "Preview",
    "back_up",
    "command",
    "damaged_sentence",
    "dated_name",
    "folder",
    "listed",
    "local_path",
    "missing_sentence",
    "newest",
    "preview",
    "refuse_unsound",
    "restore",
    "uid_of",
]
