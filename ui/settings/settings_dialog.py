"""Settings: sections at the left, the chosen one at the right; every change acts at once and can be undone."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QStackedWidget, QWidget

from ui.desk import Desk
from ui.look import Look
from ui.parts import Line, sentence
from ui.settings.areas_section import AreasSection
from ui.settings.care_section import CareSection
from ui.settings.home_section import HomeSection
from ui.settings.look_section import LookSection
from ui.settings.programme_section import ProgrammeSection
from ui.settings.records_section import RecordsSection
from ui.settings.rules_section import RulesSection
from ui.settings.settings_section import Section

SIZE = (900, 640)


class Settings(QDialog):
    """The settings beside the window, which goes on working; there is at most one of them."""

    def __init__(self, desk: Desk, look: Look, parent: QWidget) -> None:
        for older in parent.findChildren(Settings):
            older.close()
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        self._desk = desk
        self.sections: tuple[Section, ...] = (
            LookSection(desk, look),
            RulesSection(desk, look),
            ProgrammeSection(desk),
            HomeSection(desk),
            CareSection(desk),
            AreasSection(desk),
            RecordsSection(desk),
        )
        self.names = QListWidget()
        self.names.setAccessibleName(self.tr("Sections"))
        self.names.setFixedWidth(self.names.fontMetrics().horizontalAdvance("M") * 16)
        self.names.setProperty("kind", "sections")
        self._stack = QStackedWidget()
        for section in self.sections:
            self._stack.addWidget(section)
            self.names.addItem(section.name)
            self.names.item(self.names.count() - 1).setSizeHint(QSize(0, self.names.fontMetrics().height() + 16))
        self._none = sentence(self.tr("No records are open. Open a file or set up a new team first."), "secondary")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self._none)
        self.names.currentRowChanged.connect(self._show)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part, stretch in ((self.names, 0), (Line(down=True), 0), (self._stack, 1)):
            row.addWidget(part, stretch)
        desk.changed.connect(self._renew)
        desk.opened.connect(self._renew)
        self.names.setCurrentRow(0)

    def open(self) -> None:
        """Show the settings beside the window, without stopping it."""
        self.show()
        self.names.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, number: int) -> None:
        section = self.sections[number]
        if section.needs_records and not self._desk.is_open:
            self._stack.setCurrentWidget(self._none)
            return
        section.renew()
        self._stack.setCurrentWidget(section)

    def _renew(self, _: object = None) -> None:
        if self.isVisible():
            self._show(self.names.currentRow())
