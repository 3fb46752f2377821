"""The least that a program of this kind needs: SQLAlchemy loaded, a window painted."""

from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import create_engine, orm

from tests.benchmarks.probe import say

LOADED = (create_engine, orm.DeclarativeBase)

if __name__ == "__main__":
    app = QApplication([])
    window = QWidget()
    window.show()
    app.processEvents()
    window.repaint()
    say()
