"""The desk: the one object widgets talk to: it opens the records, reads, does acts, and announces what changed.

Nothing heavy is imported here before the records are opened, so that the window is painted first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from crt_scheduler import remedies
from crt_scheduler.errors import CrtError
from ui.daily import Daily
from ui.looks import Looks
from ui.outcome import Outcome
from ui.worker import Worker

if TYPE_CHECKING:
    from crt_scheduler.act import Deed
    from crt_scheduler.board import Board
    from crt_scheduler.journal import HistoryLine
    from crt_scheduler.lineage import Seen
    from crt_scheduler.news import News
    from crt_scheduler.progress import Progress
    from crt_scheduler.store import Store

T = TypeVar("T")
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
    refused = Signal(object)
    """An act was refused, with the CrtError whose remedy names the page that helps."""
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
        self._looks = Looks()
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
        self._store, self._is_lost, self._seen = store, False, None
        self.settings.setValue("database", str(self.path))
        self._poll.start()
        news = self.read(self._news)
        self._seen = news.seen
        self._name_acts(news)
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
        self._looks.forget()
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

    def read(self, look: Callable[[Any], T], *, owner: QObject | None = None) -> T:
        """Return what `look` reads from a session, at once: for what takes a few milliseconds. Raises CrtError.

        Who shows the answer for longer is its owner: `is_stale` then tells when to read it again.
        """
        tables: set[str] = set()
        try:
            return self._looks.look(self.store, look, tables if owner else None)
        finally:
            if owner is not None:
                self._looks.note(owner, "read", tables)

    def ask(
        self,
        owner: QObject,
        name: str,
        look: Callable[[Any], T],
        then: Callable[[T], object],
        otherwise: Callable[[str], object] | None = None,
    ) -> None:
        """Read in the background, then call `then` here; a newer question of the same owner and name replaces it.

        A CrtError's sentence goes to `otherwise`, else to `failed`. `is_stale` tells when the answer is.
        """
        store, tables = self.store, set[str]()
        self._looks.note(owner, name, None)

        def answered(answer: T) -> None:
            self._looks.note(owner, name, tables)
            then(answer)

        def refused(sentence: str) -> None:
            self._looks.note(owner, name, tables)
            (otherwise or self.failed.emit)(sentence)

        self._asks.ask((owner, name), lambda: self._looks.look(store, look, tables), answered, refused)

    def is_stale(self, page: QObject, changed: frozenset[str]) -> bool:
        """Can what a page and its parts have read be otherwise after acts that touched these tables?"""
        return self._looks.is_stale(page, changed)

    def think(
        self,
        owner: QObject,
        name: str,
        work: Callable[[], T],
        then: Callable[[T], object],
        otherwise: Callable[[str], object] | None = None,
    ) -> None:
        """Work something out in the background without the records, then call `then` here; as `ask` otherwise."""
        self._asks.ask((owner, name), lambda: _in_window(work), then, otherwise or self.failed.emit)

    def do(self, deed: Deed[T], *, who: str = "") -> Outcome[T]:
        """Do one act and announce it; where it is refused, say why and return that."""
        outcome = self.attempt(deed, who=who)
        if outcome.place:
            self.refused.emit(outcome.fault)
        elif not outcome:
            self.failed.emit(outcome.sentence)
        return outcome

    def attempt(self, deed: Deed[T], *, who: str = "") -> Outcome[T]:
        """Do one act as `do` does, but leave it to whoever asked to say why it is refused: beside a field, mostly.

        `who` signs it in place of the window's own person, and alone can undo it.
        """
        try:
            self.refuse_if_lost()
            self.store.now = self.now()
            done, news = _in_window(lambda: self.store.do_and_look(deed, self._news, who=who))
        except CrtError as fault:
            return Outcome(fault=fault)
        self._announce(news)
        return Outcome(done)

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

        self._runs.ask((self, words), lambda: _in_window(lambda: work(store)), done, failed)

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

        def step(store: Store, progress: Progress) -> str:
            return store.undo(who=who, progress=progress).label

        self._step(lambda s: journal.next_undo(s, who or self.who), step, self.tr("Undoing"), self.tr("Undone: {}"))

    def redo(self) -> None:
        """Repeat the act taken back last and say so; a large one in the background."""
        from crt_scheduler import journal

        def step(store: Store, progress: Progress) -> str:
            return store.redo(progress=progress).label

        self._step(lambda s: journal.next_redo(s, self.who), step, self.tr("Repeating"), self.tr("Done again: {}"))

    def _step(
        self,
        next_act: Callable[[Any], HistoryLine | None],
        step: Callable[[Store, Progress], str],
        doing: str,
        done: str,
    ) -> None:
        def say(label: str) -> None:
            self.said.emit(done.format(label))

        try:
            self.refuse_if_lost()
            self.store.now = self.now()
            if self._is_large(next_act):
                self.run(doing, lambda store: step(store, self.progressed.emit), say)
                return
            label = _in_window(lambda: step(self.store, lambda part: None))
        except CrtError as fault:
            self.failed.emit(str(fault))
            return
        self.look_again()
        say(label)

    def _is_large(self, next_act: Callable[[Any], HistoryLine | None]) -> bool:
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
            news = self.read(self._news)
        except CrtError as fault:
            self._say_lost(str(fault))
            return
        self._announce(news)

    def _announce(self, news: News) -> None:
        """Tell everybody what acts have touched since the last time, and what is next to undo and to repeat."""
        self._is_lost = False
        self._seen = news.seen
        self._back_up_daily()
        if news.tables:
            self._name_acts(news)
            self.renew_board()
            self.changed.emit(news.tables)

    def _say_lost(self, words: str) -> None:
        if not self._is_lost:
            self._is_lost = True
            self.lost.emit(words)

    def _news(self, session: Any) -> News:
        from crt_scheduler.news import news

        return news(session, self._seen, who=self.who)

    def _name_acts(self, news: News) -> None:
        self.undo_words, self.redo_words = news.undo, news.redo
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


def _in_window(work: Callable[[], T]) -> T:
    """Do some work whose sentences are for whoever sits at the window."""
    with remedies.in_window():
        return work()
