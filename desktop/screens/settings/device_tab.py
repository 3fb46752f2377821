"""The devices of this desk: receipt printer with its drawer, and the scanner that types."""

from typing import Final

import msgspec

from desktop.actions.keys import key_of
from desktop.config.choices import PRINTERS
from desktop.config.i18n import tr
from desktop.config.settings import PrinterChoice
from desktop.devices.printer_settings import PrinterSettings
from desktop.devices.scanner import WedgeSettings
from desktop.screens.settings.tab import Tab, side_by_side
from desktop.screens.settings.view_model import SettingsState, SettingsViewModel
from desktop.widgets.base import Row, reveal
from desktop.widgets.buttons import Button
from desktop.widgets.card import SectionHead
from desktop.widgets.combo import Combo
from desktop.widgets.fields import LineEdit
from desktop.widgets.labels import Note
from desktop.widgets.segmented import Segmented
from shared.core.text import N_

_PAPERS: Final = (("48", N_("80 mm, 48 columns")), ("42", N_("80 mm, 42 columns")), ("32", N_("58 mm, 32 columns")))
_DOTS: Final = {"48": 576, "42": 512, "32": 384}
_PAGES: Final = (("cp866", "866"), ("cp1251", "1251"))
_CUTTERS: Final = (("partial", N_("cuts, leaves a bridge")), ("full", N_("cuts through")), ("none", N_("no cutter")))
_PINS: Final = (("2", N_("pin 2")), ("5", N_("pin 5")))
_GAPS: Final = ("20", "35", "50", "80", "120")


class DeviceTab(Tab):
    """Printer and scanner."""

    title = N_("Devices")

    def __init__(self, model: SettingsViewModel) -> None:
        super().__init__(model)
        self._kind, self._words = Segmented((("", "-"),)), Note()
        self._host, self._port, self._folder = LineEdit(), LineEdit(), LineEdit()
        self._paper, self._page, self._cutter, self._pin = Combo(), Combo(), Combo(), Combo()
        self._slot, self._gaps, self._prefix = LineEdit(), Combo(), LineEdit()
        self._heads = SectionHead(), SectionHead()
        self._test = Button("", key_of("settings.test"), icon="printer")
        foot = Row(self._test)
        foot.add_stretch()
        self._network = side_by_side(self.field("host", self._host), self.field("port", self._port))
        self._kind_index = 0
        self.add(
            self._heads[0],
            self.field("kind", self._kind),
            self._network,
            self.field("folder", self._folder),
            side_by_side(self.field("paper", self._paper), self.field("page", self._page), self.field("slot", self._slot)),
            side_by_side(self.field("cutter", self._cutter), self.field("pin", self._pin)),
            self._words,
            foot,
            self._heads[1],
            side_by_side(self.field("gap", self._gaps), self.field("prefix", self._prefix)),
        )
        self._kind.chosen.connect(self._kind_chosen)
        self._test.clicked.connect(self.test)
        self._shown: tuple[PrinterChoice, WedgeSettings] | None = None

    @property
    def may_test(self) -> bool:
        return self.model.state.has_printer

    def render_state(self, state: SettingsState) -> None:
        """Draw the state; what is typed and not saved stays until the devices themselves change."""
        self._label()
        options, wedge = state.printer_options, state.scanner
        keys = [self._paper.key, self._page.key, self._cutter.key, self._pin.key, self._gaps.key]
        if (state.printer, wedge) != self._shown:
            self._shown = state.printer, wedge
            self._kind_index = [key for key, _ in PRINTERS].index(state.printer.kind)
            self._host.setText(state.printer.host)
            self._port.setText(str(state.printer.port))
            self._folder.setText(state.printer.folder)
            self._slot.setText(str(options.slot))
            self._prefix.setText(wedge.prefix)
            keys = [str(options.columns), options.code_page, options.cutter, str(options.drawer_pin), str(wedge.gap_ms)]
        lists = (_PAPERS, _PAGES, _CUTTERS, _PINS, tuple((gap, tr("{ms} ms", ms=gap)) for gap in _GAPS))
        for combo, options_, key in zip((self._paper, self._page, self._cutter, self._pin, self._gaps), lists, keys, strict=True):
            combo.show_options([(each, tr(words)) for each, words in options_], key)
        self._kind.show_segments([("", tr(words)) for _, words in PRINTERS], self._kind_index)
        reveal(self._network, self._kind_index == 1)
        reveal(self.fields["folder"], self._kind_index == 2)
        self._words.show_note(state.printer_words, "printer")
        self._test.set_available(state.has_printer, tr("No printer is set up"))
        self.lock(not state.may_change)

    def save(self) -> None:
        """Use these devices from now on."""
        if not self.model.state.may_change:
            return
        self._save_printer()
        wedge = msgspec.structs.replace(self.model.state.scanner, gap_ms=int(self._gaps.key), prefix=self._prefix.text())
        if wedge != self.model.state.scanner:
            self.model.use_scanner(wedge)

    def test(self) -> None:
        """Print a test page."""
        self.model.test_print()

    def _save_printer(self) -> None:
        port, slot = self._port.text().strip(), self._slot.text().strip()
        for name, text, most in (("port", port, 65_535), ("slot", slot, 255)):
            fine = text.isdigit() and int(text) <= most
            self.fields[name].show_error("" if fine else tr("A number up to {most}", most=most))
            if not fine:
                return
        kind = PRINTERS[self._kind_index][0]
        self.fields["host"].show_error(tr("Type the address") if kind == "network" and not self._host.text().strip() else "")
        self.fields["folder"].show_error(tr("Type the folder") if kind == "file" and not self._folder.text().strip() else "")
        if (kind == "network" and not self._host.text().strip()) or (kind == "file" and not self._folder.text().strip()):
            return
        options = PrinterSettings(
            columns=int(self._paper.key),
            dots=_DOTS[self._paper.key],
            code_page="cp866" if self._page.key == "cp866" else "cp1251",
            slot=int(slot),
            cutter="none" if self._cutter.key == "none" else "full" if self._cutter.key == "full" else "partial",
            drawer_pin=2 if self._pin.key == "2" else 5,
        )
        choice = PrinterChoice(
            kind=kind,  # type: ignore[arg-type]
            host=self._host.text().strip(),
            port=int(port),
            folder=self._folder.text().strip(),
            options=msgspec.to_builtins(options),
        )
        if choice != self.model.state.printer:
            self.model.use_printer(choice)

    def _kind_chosen(self, index: int) -> None:
        self._kind_index = index
        self.render_state(self.model.state)

    def _label(self) -> None:
        self._heads[0].set_title(tr("Receipt printer"))
        self._heads[1].set_title(tr("Scanner"))
        self._test.set_text(tr("Print a test page"))
        self.label_fields(
            kind=tr("Connection"),
            host=tr("Address of the printer"),
            port=tr("Port"),
            folder=tr("Folder or device file"),
            paper=tr("Paper"),
            page=tr("Code page"),
            slot=tr("Its number in the printer"),
            cutter=tr("Cutter"),
            pin=tr("Drawer opens by"),
            gap=tr("Longest gap between its keys"),
            prefix=tr("Signs it types before a code"),
        )
