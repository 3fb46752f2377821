"""An area with nothing in it yet: one sentence and the one way on."""

from PySide6.QtCore import Qt, Signal

from desktop.widgets.base import Column, Label, reveal
from desktop.widgets.buttons import Button
from desktop.widgets.labels import Icon


class EmptyState(Column):
    """Icon, sentence and button, centred in the area they replace.

    Signals: acted — the button was pressed.
    """

    acted = Signal()

    def __init__(self, sentence: str = "", icon: str = "info", action: str = "", key: str = "", *, primary: bool = False) -> None:
        super().__init__(gap="l", insets="xl")
        self._icon = Icon(icon, "muted", "icon_big")
        self._words = Label(sentence, "lead", wrap=True, align=Qt.AlignmentFlag.AlignHCenter)
        self.button = Button(action, key, role="primary" if primary else "normal")
        self.button.clicked.connect(self.acted)
        self.add_stretch()
        self.add(self._icon, self._words, self.button)
        self.add_stretch()
        for widget in (self._icon, self.button):
            self.box.setAlignment(widget, Qt.AlignmentFlag.AlignHCenter)
        self.show_state(sentence, icon, action, key)

    def show_state(self, sentence: str, icon: str, action: str = "", key: str = "") -> None:
        """Change everything; without an action there is no button."""
        self._icon.show_icon(icon, "muted")
        self._words.setText(sentence)
        self.button.set_text(action)
        self.button.set_key(key)
        reveal(self.button, bool(action))
        self.setAccessibleName(sentence)
