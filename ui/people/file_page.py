"""The file as it lies there: which sheet and which row of headers are read, and what of it is not used."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QHeaderView, QLineEdit, QVBoxLayout, QWidget

from crt_scheduler.imports import Place, Preview
from crt_scheduler.lines import SheetLine, row_of, written
from crt_scheduler.sheets.header import ABOVE
from ui.look import Look
from ui.parts import Brief, Button, Card, Words, counted, secondary, sentence
from ui.people.cells_in_place import FlatTable, InPlace
from ui.people.file_reading import Looked
from ui.people.wizard_words import left_out_words
from ui.people.word_rows import Cell, Rows
from ui.words import tr

SHOWN_CELLS = 5
LEAST_USE, MOST_USE = 140, 240
"""How wide it is said what a line is."""
MOST_LINES = 12
MOST_NOT_USED = 40
LAST_HEADER = 1_000_000


class FilePage(QWidget):
    """The table's place in the file; `placed` carries the Place to read it from."""

    placed = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.looked: Looked | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._file(look), 3)
        column.addWidget(self._unused(), 2)

    def _file(self, look: Look) -> QWidget:
        card = Card(tr("The file"))
        self.card = card
        self.sheet_label, self.sheet = secondary(tr("Sheet")), QComboBox()
        self.sheet.setAccessibleName(tr("Sheet"))
        self.sheet.activated.connect(self._sheet_chosen)
        card.head.addWidget(self.sheet_label)
        card.head.addWidget(self.sheet)
        row = QHBoxLayout()
        row.setSpacing(8)
        words = tr("Headers are in row")
        self.header = QLineEdit()
        self.header.setValidator(QIntValidator(1, LAST_HEADER, self.header))
        self.header.setFixedWidth(72)
        self.header.setAccessibleName(words)
        self.header.editingFinished.connect(lambda: self._header_chosen(int(self.header.text() or 1)))
        row.addWidget(Words(words, 9))
        row.addWidget(self.header)
        self.known = secondary("")
        row.addWidget(self.known, 1)
        self.rows = Rows(("",))
        self.table = FlatTable(look, tr("The file as it lies there"))
        self.table.setItemDelegate(InPlace(look, self.table))
        self.table.horizontalHeader().hide()
        self.table.clicked.connect(self._row_clicked)
        self.table.activated.connect(self._row_clicked)
        self.fits = sentence("", "secondary")
        card.body.addLayout(row)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.fits)
        return card

    def _unused(self) -> QWidget:
        self.not_used = Card(tr("What is not used"))
        self.grid_place = QWidget()
        self.not_used.body.addWidget(self.grid_place)
        self.not_used.body.addStretch(1)
        return self.not_used

    def show_looked(self, looked: Looked) -> None:
        """Show where the table of a file lies."""
        self.looked = looked
        preview = looked.preview
        self.card.note.setText(preview.file)
        self.header.setText(str(preview.header_line))
        taken = len(preview.header) - len(looked.unused)
        self.known.setText(
            tr("{} of {} columns are known. Click a row to choose it.").format(taken, len(preview.header))
        )
        self._show_sheets(looked)
        self._show_first(preview)
        self._show_unused(looked)

    def _show_sheets(self, looked: Looked) -> None:
        preview, chosen = looked.preview, looked.asked.place.sheets
        several = (preview.sheet, *preview.fitting)
        offers: list[tuple[tuple[str, ...], str]] = [((), preview.sheet)] if not chosen else []
        offers += [((name,), name) for name in preview.sheets if name != preview.sheet or chosen]
        if preview.fitting and not chosen:
            offers.append((several, tr("Together: {}").format(", ".join(several))))
        if chosen:
            offers += [((), tr("As it was found"))]
        with QSignalBlocker(self.sheet):
            self.sheet.clear()
            for kept, words in offers:
                self.sheet.addItem(words, list(kept))
            place = next((n for n, (kept, _) in enumerate(offers) if kept == chosen), 0)
            self.sheet.setCurrentIndex(place)
        for part in (self.sheet_label, self.sheet):
            part.setVisible(len(preview.sheets) > 1 or bool(chosen))
        names = ", ".join(preview.fitting)
        self.fits.setText(counted(len(preview.fitting), "Sheet {} fits too.", "Sheets {} fit too.").format(names))
        self.fits.setVisible(bool(preview.fitting))

    def _show_first(self, preview: Preview) -> None:
        """Show the first lines as they lie there, and those further down that are no rows."""
        out = {line: why for line, why, _ in preview.left_out}
        first = list(preview.first)
        first += [(line, (text,)) for line, _, text in preview.left_out if line not in dict(first)]
        width = min(max((len(cells) for _, cells in first), default=1), SHOWN_CELLS)
        self.rows = Rows((tr("Row"), *("" for _ in range(width)), tr("Use")), right=(0, width + 1))
        lines = first[:MOST_LINES]
        self.rows.fill([(line, self._cells(preview, line, cells, width, out)) for line, cells in lines])
        self.table.setModel(self.rows)
        self.table.horizontalHeader().setStretchLastSection(False)
        for column in range(1, width + 1):
            self.table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnWidth(0, max(52, self.table.sizeHintForColumn(0) + 16))
        use = self.table.sizeHintForColumn(width + 1) + 16
        self.table.setColumnWidth(width + 1, min(MOST_USE, max(LEAST_USE, use)))
        self.table.clearSpans()
        for place, (_, texts) in enumerate(lines):
            if len(texts) == 1 and width > 1:
                self.table.setSpan(place, 1, 1, width)
        place = next((n for n, (line, _) in enumerate(lines) if _is_header(preview, line)), -1)
        self.table.setCurrentIndex(self.rows.index(place, 0))

    def _cells(
        self, preview: Preview, line: int, cells: tuple[str, ...], width: int, out: dict[int, str]
    ) -> tuple[Cell, ...]:
        is_header = _is_header(preview, line)
        colour = "highlighted_text" if is_header else "secondary" if line in out else ""
        words = tr("headers") if is_header else left_out_words(out[line]) if line in out else ""
        texts = [*cells, *[""] * width][:width]
        shown = (Cell(" ".join(text.split()), colour, tip=text) for text in texts)
        return (
            Cell(written(line), "secondary", tip=f"{line}"),
            *shown,
            Cell(words, "secondary"),
        )

    def _show_unused(self, looked: Looked) -> None:
        """List the columns that no field is read from, the lines that are no rows, and the sheets not read."""
        preview = looked.preview
        columns = [name for name in looked.unused if name in preview.header]
        whole = QWidget()
        grid = QGridLayout(whole)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        count = 0
        for name in columns[: MOST_NOT_USED if len(preview.left_out) < 3 else 4]:
            place = preview.header.index(name)
            texts = list(dict.fromkeys(row[place] for row in preview.rows if row[place]))
            words = ", ".join(texts[:3])
            grid.addWidget(_cut(name, 26), count, 0)
            grid.addWidget(Brief(words or tr("empty in the first rows")), count, 1)
            count += 1
        for line, why, words in preview.left_out[:4]:
            grid.addWidget(_cut(tr("Row {}").format(f"{line:,}"), 26), count, 0)
            grid.addWidget(Brief(f"{left_out_words(why)}: {words}"), count, 1)
            take = Button(tr("Take it"), "link", tip=tr("Read row {} as any other").format(line))
            take.clicked.connect(lambda _=False, line=line: self._keep(line))
            if why != ABOVE:
                grid.addWidget(take, count, 2)
            count += 1
        for name in (each for each in preview.sheets if each != preview.sheet):
            grid.addWidget(_cut(tr("Sheet {}").format(name), 26), count, 0)
            grid.addWidget(Words(tr("not read"), 9, kind="secondary"), count, 1)
            count += 1
        note = [counted(len(columns), "1 column", "{} columns")] if columns else []
        note += [counted(len(preview.left_out), "1 row", "{} rows")] if preview.left_out else []
        self.not_used.note.setText(", ".join(note) or tr("nothing: all of the file is read"))
        self.not_used.body.replaceWidget(self.grid_place, whole)
        self.grid_place.hide()
        self.grid_place.deleteLater()
        self.grid_place = whole

    def _keep(self, line: int) -> None:
        if self.looked is not None:
            place = self.looked.asked.place
            self.placed.emit(Place(place.header_line, place.sheets, place.keep | {line}))

    def _header_chosen(self, line: int) -> None:
        if self.looked is not None and line != self.looked.preview.header_line:
            place = self.looked.asked.place
            self.placed.emit(Place(line, place.sheets, place.keep))

    def _row_clicked(self, index: QModelIndex) -> None:
        self._header_chosen(row_of(self.rows.what(index.row())))

    def _sheet_chosen(self) -> None:
        names = tuple(self.sheet.currentData(Qt.ItemDataRole.UserRole))
        if self.looked is not None and names != self.looked.asked.place.sheets:
            self.placed.emit(Place(sheets=names))


def _is_header(preview: Preview, line: int) -> bool:
    """Does a line name the columns, on the first of the sheets that are read?"""
    is_first = not isinstance(line, SheetLine) or not preview.first or line.sheet == _sheet(preview.first[0][0])
    return is_first and row_of(line) == preview.header_line


def _sheet(line: int) -> str:
    return line.sheet if isinstance(line, SheetLine) else ""


def _cut(words: str, most: int) -> Words:
    """Return words cut to so many letters, with all of them as a tip."""
    shown = words if len(words) <= most else f"{words[: most - 1]}…"
    found = Words(shown, 9)
    found.setToolTip(words)
    return found
