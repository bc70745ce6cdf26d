"""The filters above the people's list: text, area, language, role, status."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from crt_scheduler.people.person_view import Choices
from ui.look import Look
from ui.people.chip_field import Flow
from ui.people.fields import fill_box, offered
from ui.words import tr


class FilterBar(QWidget):
    """Narrows the list; `changed` names what is wanted anew and to what."""

    changed = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.text = QLineEdit()
        self.text.setPlaceholderText(tr("Name, id, phone"))
        self.text.setAccessibleName(tr("Show people whose name, id, phone or e-mail holds"))
        self.text.setClearButtonEnabled(True)
        self.text.setFixedWidth(220)
        # Made here and not by the field: the wrapper of an action that Qt made is given up while it is still shown.
        self._icon = QAction(look.icon("search", "secondary"), "", self.text)
        self.text.addAction(self._icon, QLineEdit.ActionPosition.LeadingPosition)
        self._look = look
        look.changed.connect(self._dress)
        self.text.textChanged.connect(lambda words: self.changed.emit("text", words))
        self.boxes = {name: QComboBox() for name in ("area", "language", "role", "status")}
        whole, row = QVBoxLayout(self), Flow(8)
        whole.setContentsMargins(8, 6, 8, 6)
        whole.addLayout(row)
        row.addWidget(self.text)
        names = {"area": tr("Area"), "language": tr("Language"), "role": tr("Role"), "status": tr("Status")}
        for name, box in self.boxes.items():
            box.setAccessibleName(names[name])
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.currentIndexChanged.connect(lambda _, name=name, box=box: self._chosen(name, box))
            row.addWidget(box)
        self.find_act = QAction(tr("Find in people"), self)
        self.find_act.setShortcut(QKeySequence(QKeySequence.StandardKey.Find))
        self.find_act.triggered.connect(self._to_text)
        self.addAction(self.find_act)
        self.offer(Choices((), (), (), (), (), ()))

    def _dress(self) -> None:
        self._icon.setIcon(self._look.icon("search", "secondary"))

    def _to_text(self) -> None:
        self.text.setFocus()
        self.text.selectAll()

    def _chosen(self, name: str, box: QComboBox) -> None:
        self.changed.emit(name, str(box.currentData() or ""))

    def offer(self, choices: Choices) -> None:
        """Know the areas and languages there are."""
        clergy = [offer for offer in offered("kind", choices) if offer[0] == "clergy"]
        offers = {
            "area": [("", tr("All areas")), *((area, area) for area in choices.areas)],
            "language": [("", tr("Any language")), *((name, name) for name in choices.languages)],
            "role": [("", tr("Any role")), *offered("role", choices), *clergy],
            "status": [
                ("", tr("Any status")),
                *offered("status", choices),
                ("expiring", tr("Credential ending")),
            ],
        }
        for name, box in self.boxes.items():
            fill_box(box, offers[name])

    def clear(self) -> None:
        """Show everyone again."""
        for box in self.boxes.values():
            with QSignalBlocker(box):
                box.setCurrentIndex(0)
        for name in self.boxes:
            self.changed.emit(name, "")
        self.text.clear()
