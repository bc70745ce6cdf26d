"""The desk: the one object widgets talk to: it opens the records, reads, does acts, and announces what changed.

Nothing heavy is imported here before the records are opened, so that the window is painted first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from crt_scheduler.errors import CrtError
from ui.daily import Daily
from ui.worker import Worker

if TYPE_CHECKING:
    from crt_scheduler.board import Board
    from crt_scheduler.journal import Act
    from crt_scheduler.lineage import Seen
    from crt_scheduler.store import Store

T = TypeVar("T")
EVERYTHING = frozenset({"*"})
"""What is announced when the records as a whole are others than before."""
PATIENCE = 1.5
"""Seconds an act waits for another program that is writing, before it says so."""
POLL_MS = 1000


class Desk(QObject):
    """The team's records as the window has them, for one person; `month` is the period on view.

    Signals: `changed` names the tables touched by any act, ours or another program's; `failed` and `said` carry a
    sentence for the person; `missing` the path where no records are; `lost` the sentence of what happened to them.
    """

    opened = Signal()
    missing = Signal(str)
    lost = Signal(str)
    changed = Signal(object)
    failed = Signal(str)
    said = Signal(str)
    month_changed = Signal()
    board_changed = Signal()
    previewed = Signal(object)
    """The Board of a plan that is on view and not written; None: what is on view is what is written."""
    acts_changed = Signal()
    working = Signal(str)
    """What long work is under way; no words: it has ended."""
    progressed = Signal(float)
    """How far the long work is, from 0 to 1: may be emitted from the thread that does it."""

    def __init__(
        self, *, who: str, clock: Callable[[], dt.datetime], settings: QSettings, is_daily: bool = True
    ) -> None:
        super().__init__()
        self.who, self.now, self.settings = who, clock, settings
        self.path = Path()
        self.board: Board | None = None
        self.undo_words = self.redo_words = ""
        self._store: Store | None = None
        self._seen: Seen | None = None
        self._is_lost = False
        self.is_leaving = False
        """Is the window about to go, so that long reading is to end?"""
        self._asks, self._runs = Worker(self), Worker(self)
        self._working = ""
        self.progressed.connect(self._say_progress)
        self._is_daily = is_daily
        """Is a backup made each day? Tests of other things do without."""
        self._backed_up: dt.date | None = None
        self._daily = Daily(self)
        self._daily.heard.connect(self.failed)
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self.look_again)
        self.month = next_month(clock().date())

    @property
    def is_open(self) -> bool:
        """Are there records to read?"""
        return self._store is not None

    @property
    def is_lost(self) -> bool:
        """Are the records that were opened no longer the ones that lie there?"""
        return self._is_lost

    @property
    def is_reading(self) -> bool:
        """Is anything asked of the records that has not been answered?"""
        return self._asks.is_busy or self._runs.is_busy

    @property
    def store(self) -> Store:
        """The open records; a fault where there are none."""
        if self._store is None:
            raise CrtError(self.tr("No records are open. Open a file or set up a new team first."))
        return self._store

    def open(self, path: Path, *, create: bool = False) -> None:
        """Open a file of records in the background; `opened`, `missing` or `lost` follows."""
        self.close_records()
        self.path = path
        if not create and not path.exists():
            self.missing.emit(str(path))
            return
        who, now = self.who, self.now()

        def begin() -> Store:
            from crt_scheduler import board, store  # noqa: F401  - the first import takes most of a second

            return store.open_store(str(path), who=who, now=now, create=create, patience=PATIENCE)

        self._asks.ask((self, "open"), begin, self._opened, self._not_opened, unwanted=lambda found: found.close())

    def _opened(self, store: Store) -> None:
        self._store, self._is_lost = store, False
        self._seen = store.seen
        self.settings.setValue("database", str(self.path))
        self._poll.start()
        self._read_acts()
        self.opened.emit()
        self.renew_board()
        if store.notice:
            self.failed.emit(store.notice)
        self._finish_placing(store)
        self._back_up_daily()

    def _finish_placing(self, store: Store) -> None:
        """Have the files put in place that a publication promised before the program was stopped."""

        def work() -> tuple[str, ...]:
            from crt_scheduler.publish.finishing import finish_placing

            return () if store.is_read_only else finish_placing(store)

        def then(left: tuple[str, ...]) -> None:
            self.look_again()
            for words in left:
                self.failed.emit(words)

        self._runs.ask((self, "placing"), work, then, self.failed.emit)

    def _back_up_daily(self) -> None:
        """Have the day's backup made and the records looked through by a program beside the window."""
        if not self._is_daily or self._store is None or self._backed_up == self.now().date():
            return
        self._backed_up = self.now().date()
        self._daily.start(self.path, self.now())

    def _not_opened(self, words: str) -> None:
        self.lost.emit(words)

    def close_records(self) -> None:
        """Let go of the records; what is being read of them is dropped."""
        self._poll.stop()
        self._daily.leave()
        self._backed_up, self._is_lost = None, False
        self._asks.forget()
        if self._store is not None:
            self._store.close()
        self._store = self.board = None

    def close(self) -> None:
        """End all work and let go of the records, for good."""
        self.is_leaving = True
        self._asks.end()
        self._runs.end()
        self.close_records()

    def set_month(self, month: str) -> None:
        """Show another month, written YYYY-MM."""
        if month != self.month:
            self.month = month
            self.month_changed.emit()
            self.renew_board()

    def read(self, look: Callable[[Any], T]) -> T:
        """Return what `look` reads from a session, at once: for what takes a few milliseconds. Raises CrtError."""
        with self.store.read() as session:
            return look(session)

    def ask(
        self,
        owner: QObject,
        name: str,
        look: Callable[[Any], T],
        then: Callable[[T], object],
        otherwise: Callable[[str], object] | None = None,
    ) -> None:
        """Read in the background, then call `then` here; a newer question of the same owner and name replaces it.

        A CrtError's sentence goes to `otherwise`, else to `failed`.
        """
        store = self.store

        def work() -> T:
            with store.read() as session:
                return look(session)

        self._asks.ask((owner, name), work, then, otherwise or self.failed.emit)

    def think(
        self,
        owner: QObject,
        name: str,
        work: Callable[[], T],
        then: Callable[[T], object],
        otherwise: Callable[[str], object] | None = None,
    ) -> None:
        """Work something out in the background without the records, then call `then` here; as `ask` otherwise."""
        self._asks.ask((owner, name), work, then, otherwise or self.failed.emit)

    def do(self, label: str, act: Callable[..., object], *values: Any, **named: Any) -> bool:
        """Do one act under its label and announce it; on a CrtError say its sentence and return False."""
        sentence = self.attempt(label, act, *values, **named)
        if sentence:
            self.failed.emit(sentence)
        return not sentence

    def attempt(self, label: str, act: Callable[..., object], *values: Any, **named: Any) -> str:
        """Do one act as `do` does, but return the sentence that refuses it: for a field that shows its own."""
        return self.attempt_as("", label, act, *values, **named)

    def attempt_as(self, who: str, label: str, act: Callable[..., object], *values: Any, **named: Any) -> str:
        """Do one act as `attempt` does, signed by `who` (empty: the window's own person), who alone can undo it."""
        try:
            self.refuse_if_lost()
            self.store.now = self.now()
            with self.store.change(label, who=who) as session:
                act(session, *values, **named)
        except CrtError as fault:
            return str(fault)
        self.look_again()
        return ""

    def run(
        self,
        words: str,
        work: Callable[[Store], T],
        then: Callable[[T], object],
        otherwise: Callable[[str], object] | None = None,
    ) -> None:
        """Do long work that makes its own acts, in the background; `working` says what, then `then` is called here."""
        try:
            self.refuse_if_lost()
            store = self.store
        except CrtError as fault:
            (otherwise or self.failed.emit)(str(fault))
            return
        store.now = self.now()
        self._say_working(words)

        def done(result: T) -> None:
            self._say_working("")
            self.look_again()
            then(result)

        def failed(sentence: str) -> None:
            self._say_working("")
            self.look_again()
            (otherwise or self.failed.emit)(sentence)

        self._runs.ask((self, words), lambda: work(store), done, failed)

    def _say_working(self, words: str) -> None:
        self._working = words
        self.working.emit(words)

    def _say_progress(self, part: float) -> None:
        """Say how far the long work is, while there is any."""
        if self._working:
            self.working.emit(self.tr("{}: {} %").format(self._working, int(100 * part)))

    def undo(self, *, who: str = "") -> None:
        """Take back the newest act of the window's person, or of `who`, and say so; a large one in the background."""
        from crt_scheduler import journal

        def step(store: Store, progress: Callable[[float], None]) -> str:
            return store.undo(who=who, progress=progress).label

        self._step(lambda s: journal.next_undo(s, who or self.who), step, self.tr("Undoing"), self.tr("Undone: {}"))

    def redo(self) -> None:
        """Repeat the act taken back last and say so; a large one in the background."""
        from crt_scheduler import journal

        def step(store: Store, progress: Callable[[float], None]) -> str:
            return store.redo(progress=progress).label

        self._step(lambda s: journal.next_redo(s, self.who), step, self.tr("Repeating"), self.tr("Done again: {}"))

    def _step(
        self,
        next_act: Callable[[Any], Act | None],
        step: Callable[[Store, Callable[[float], None]], str],
        doing: str,
        done: str,
    ) -> None:
        try:
            self.refuse_if_lost()
            self.store.now = self.now()
            if self._is_large(next_act):
                self.run(
                    doing, lambda store: step(store, self.progressed.emit), lambda t: self.said.emit(done.format(t))
                )
                return
            label = step(self.store, lambda part: None)
        except CrtError as fault:
            self.failed.emit(str(fault))
            return
        self.look_again()
        self.said.emit(done.format(label))

    def _is_large(self, next_act: Callable[[Any], Act | None]) -> bool:
        """Would the next act to undo or repeat hold the window up?"""
        from crt_scheduler import journal

        def look(session: Any) -> bool:
            act = next_act(session)
            return act is not None and journal.is_large(session, act.number)

        return self.read(look)

    def refuse_if_lost(self) -> None:
        """Raise CrtError if the file is gone or replaced: SQLite would go on writing to one nobody can open."""
        if self._store is not None:
            self._store.refuse_strayed()

    def look_again(self) -> None:
        """Announce what changed since the last look, whoever did it; and say when the records are gone."""
        if self._store is None:
            return
        try:
            tables = self._changed_tables()
        except CrtError as fault:
            self._say_lost(str(fault))
            return
        self._is_lost = False
        self._back_up_daily()
        if tables:
            self._read_acts()
            self.renew_board()
            self.changed.emit(tables)

    def _say_lost(self, words: str) -> None:
        if not self._is_lost:
            self._is_lost = True
            self.lost.emit(words)

    def _changed_tables(self) -> frozenset[str]:
        from crt_scheduler import journal, lineage

        def look(session: Any) -> tuple[Seen, frozenset[str]]:
            before, seen = self._seen, lineage.seen(session)
            if before == seen:
                return seen, frozenset()
            if before is None or not lineage.has(session, before):
                return seen, EVERYTHING
            return seen, journal.tables_since(session, before.number)

        self._seen, tables = self.read(look)
        return tables

    def _read_acts(self) -> None:
        from crt_scheduler import journal

        undo, redo = self.read(lambda s: (journal.next_undo(s, self.who), journal.next_redo(s, self.who)))
        self.undo_words = undo.label if undo and not undo.final else ""
        self.redo_words = redo.label if redo else ""
        self.acts_changed.emit()

    def renew_board(self) -> None:
        """Read the month's board anew in the background; `board_changed` follows."""
        if self._store is None:
            return
        month, now = self.month, self.now()

        def look(session: Any) -> Board | None:
            from crt_scheduler import board, programmes

            return board.board(session, month, now=now) if programmes.is_set_up(session) else None

        self.ask(self, "board", look, self._show_board)

    def _show_board(self, board: Board | None) -> None:
        self.board = board
        self.board_changed.emit()


def next_month(date: dt.date) -> str:
    """Return the month after a date's as YYYY-MM: the one a coordinator plans."""
    return f"{(date.replace(day=1) + dt.timedelta(days=32)):%Y-%m}"
