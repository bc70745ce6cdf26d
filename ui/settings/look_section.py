"""Settings of the look: as the system is, light or dark; and how to make everything larger."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QButtonGroup, QComboBox, QRadioButton

from crt_scheduler.language import languages
from crt_scheduler.version import version
from solver.wording import ENGLISH, used
from ui.desk import Desk
from ui.look import Look
from ui.parts import sentence, title
from ui.people.fields import fill_box
from ui.recall import text
from ui.settings.settings_section import Section


class LookSection(Section):
    """Three choices that act at once and are remembered."""

    needs_records = False

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__(desk, QCoreApplication.translate("LookSection", "Look"))
        self._look = look
        self._group = QButtonGroup(self)
        self.choices: dict[str, QRadioButton] = {}
        for choice, words in (
            ("system", self.tr("As the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        ):
            button = QRadioButton(words)
            button.setAccessibleName(words)
            button.setChecked(look.choice == choice)
            button.clicked.connect(lambda _=False, chosen=choice: self._choose(chosen))
            self._group.addButton(button)
            self.body.addWidget(button)
            self.choices[choice] = button
        look.changed.connect(self._follow)
        self.body.addSpacing(12)
        self._add_language()
        self.body.addSpacing(12)
        self.body.addWidget(title(self.tr("Size")))
        self.body.addWidget(
            sentence(
                self.tr(
                    "Everything follows the scale of the system's display settings. To make only this window larger, "
                    "start it with QT_SCALE_FACTOR=1.25 before its name; 1.5 and 2 work too."
                ),
                "secondary",
            )
        )
        self.body.addStretch(1)
        self.release = sentence(self.tr("CRT Scheduler {}").format(version()), "secondary")
        self.body.addWidget(self.release)

    def _add_language(self) -> None:
        """Offer the languages there are, each by its own name; a window speaks the one it was opened in."""
        self.language = QComboBox()
        self.language.setAccessibleName(self.tr("Language"))
        fill_box(self.language, [(code, _own_name(code)) for code in languages()])
        kept = text(self.desk.settings, "language", ENGLISH)
        self.language.setCurrentIndex(max(self.language.findData(kept), 0))
        self.language.activated.connect(self._speak)
        self.spoken = sentence("", "secondary")
        self.body.addWidget(title(self.tr("Language")))
        self.body.addWidget(self.language, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.spoken)

    def _speak(self) -> None:
        code = str(self.language.currentData())
        self.desk.settings.setValue("language", code)
        is_now = code == used().language
        self.spoken.setText("" if is_now else self.tr("The window speaks it when it is opened next."))

    def _choose(self, choice: str) -> None:
        self._look.choose(choice)
        self.desk.settings.setValue("look", choice)

    def _follow(self) -> None:
        self.choices[self._look.choice].setChecked(True)


def _own_name(code: str) -> str:
    """Return a language's name as its speakers write it."""
    name = QLocale(code).nativeLanguageName() if code != ENGLISH else "English"
    return name[:1].upper() + name[1:]
