"""The small window of a desk that cannot start: what happened, what is safe, what to do."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.config.i18n import tr
from desktop.config.paths import APP_NAME
from desktop.design.theme import look
from desktop.widgets.base import Column, Label, Row
from desktop.widgets.buttons import Button
from desktop.widgets.labels import Icon


class Trouble(QWidget):
    """One sentence and a way out."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.setWindowTitle(APP_NAME)
        leave = Button(tr("Close"), "Enter", role="primary")
        leave.clicked.connect(self.close)
        foot = Row()
        foot.add_stretch()
        foot.add(leave)
        head = Row(Icon("triangle-alert", "danger", "icon_tile"), Label(tr("The desk cannot start"), "dialog_title"))
        head.add_stretch()
        words = Label(sentence, wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box = QVBoxLayout(self)
        box.addWidget(Column(head, words, foot, gap="l", insets="xl"))
        self.setFixedWidth(look().px("dialog_width"))
        leave.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc close."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            self.close()
