"""Every action with its words, icon and keys. A table, nothing else."""

from dataclasses import dataclass
from typing import Final

from shared.core.text import N_


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person can do.

    `label` is the verb on the key bar and on buttons, `says` the words in the overlay of keys. `keys` are default key
    sequences, the first one is shown. Actions of one `scope` are live together, so they may not share a key; `program`
    is live everywhere. `group` is the column of the overlay. What acts `over_dialogs` is live under them too.
    """

    id: str
    label: str
    says: str = ""
    icon: str = ""
    keys: tuple[str, ...] = ()
    scope: str = "program"
    group: str = "program"
    over_dialogs: bool = False


@dataclass(frozen=True, slots=True)
class Hint:
    """Keys a widget takes by itself, shown in the overlay of their scope."""

    keys: tuple[str, ...]
    says: str
    scope: str
    group: str


GROUPS: Final = {
    "stations": N_("Stations"),
    "money": N_("Receipt and money"),
    "goods": N_("Goods and guests"),
    "program": N_("Shift and program"),
}

ACTIONS: Final = (
    # Everywhere
    Action("help.keys", N_("Keys"), N_("all keys of this screen"), "circle-help", ("F1",), over_dialogs=True),
    Action("app.menu", N_("Menu"), N_("menu, look, language"), "list", ("F10",)),
    Action("app.lock", N_("Lock"), N_("change the cashier"), "lock", ("F11",)),
    Action("shift.menu", N_("Shift"), N_("shift: report, cash in or out, close"), "clock", ("F12",)),
    Action("app.commands", N_("Commands"), N_("commands"), "search", ("Ctrl+K",)),
    Action("app.larger", N_("Larger"), N_("larger text"), "plus", ("Ctrl++", "Ctrl+=")),
    Action("app.smaller", N_("Smaller"), N_("smaller text"), "minus", ("Ctrl+-",)),
    Action("app.back", N_("Back")),
    Action("edit.undo", N_("Undo"), N_("undo"), "undo-2", ("Ctrl+Z",), group="money"),
    Action("edit.redo", N_("Redo"), N_("redo"), "rotate-ccw", ("Ctrl+Y",), group="money"),
    Action("receipts.reprint", N_("Reprint"), N_("copy of the last receipt"), "printer", ("Shift+F4",), group="money"),
    # The sale
    Action("sale.search", N_("Goods"), N_("goods"), "search", ("F2",), "sale", "goods"),
    Action("sale.guest", N_("Guest"), N_("find a guest"), "user", ("F3",), "sale", "goods"),
    Action("sale.hold", N_("Hold"), N_("hold, bring back"), "shopping-cart", ("F4",), "sale", "money"),
    Action("sale.discount", N_("Discount"), N_("discount, promo code"), "percent", ("F8",), "sale", "money"),
    Action("sale.pay", N_("Pay"), N_("payment"), "banknote", ("F9",), "sale", "money"),
    Action("sale.refund", N_("Refund"), N_("refund"), "undo-2", ("Shift+F9",), "sale", "money"),
    Action("sale.remove_line", N_("Remove line"), N_("remove the line"), "trash-2", ("Del",), "sale", "money"),
    Action("sale.line_up", N_("Line up"), "", "arrow-up", ("Alt+Up",), "sale", "money"),
    Action("sale.line_down", N_("Line down"), "", "arrow-down", ("Alt+Down",), "sale", "money"),
    Action("sale.next_tiles", N_("Next tiles"), N_("next page of tiles"), "chevron-right", ("PgDown",), "sale", "goods"),
    Action("sale.previous_tiles", N_("Previous tiles"), "", "chevron-right", ("PgUp",), "sale", "goods"),
    Action("sale.next_category", N_("Next section"), N_("next section"), "chevron-right", ("Alt+Right",), "sale", "goods"),
    Action("sale.previous_category", N_("Previous section"), "", "chevron-right", ("Alt+Left",), "sale", "goods"),
    Action("sale.new_goods", N_("New goods"), N_("add goods that are not in the list"), "plus", ("Ins",), "sale", "goods"),
    # Payment
    Action("pay.card_for_rest", N_("Rest by card"), N_("the rest by card"), "credit-card", ("Ctrl+Enter", "Ctrl+Return"),
           "pay", "money"),
    Action("pay.receipt_choice", N_("Receipt"), N_("how to give the receipt"), "receipt", (), "pay", "money"),
    # The shift
    Action("shift.open", N_("Open"), N_("open the shift"), "clock", ("F9",), "shift_open"),
    Action("shift.count_float", N_("Count"), N_("count the change"), "rotate-ccw", ("F8",), "shift_open", "money"),
    Action("shift.save_count", N_("Save"), N_("save the count"), "check", ("F9",), "shift_count", "money"),
    Action("shift.explain", N_("Remark"), N_("remark to the count"), "pencil", ("F8",), "shift_count", "money"),
    Action("shift.recount", N_("Recount"), N_("count again"), "rotate-ccw", ("F8",), "shift_result", "money"),
    Action("shift.hand_over", N_("Hand over"), N_("to the handover"), "check", ("F9",), "shift_result", "money"),
    Action("shift.close", N_("Close"), N_("close the shift"), "check", ("F9",), "shift_close", "money"),
    Action("shift.print_again", N_("Print copy"), N_("print a copy"), "printer", ("F8",), "shift_closed", "money"),
    Action("shift.leave", N_("Sign in"), N_("to the sign-in"), "log-out", ("F9",), "shift_closed", "money"),
    Action("shift.cash_in", N_("Cash in"), N_("put cash in"), "plus", (), "shift", "money"),
    Action("shift.cash_out", N_("Cash out"), N_("take cash out"), "minus", (), "shift", "money"),
    Action("report.print", N_("Print"), N_("print the report"), "printer", ("F9",), "report", "money"),
    Action("report.earlier", N_("Shifts"), N_("reports of earlier shifts"), "history", ("F2",), "report", "money"),
    Action("report.csv", N_("Save CSV"), N_("save as CSV"), "file-spreadsheet", ("F8",), "report", "money"),
    # Receipts
    Action("receipts.list", N_("Receipts"), N_("receipts of the shift"), "receipt", ("Ctrl+R",), group="money"),
    Action("receipts.copy", N_("Print copy"), N_("print a copy"), "printer", ("F9",), "receipts", "money"),
    # Goods
    Action("goods.list", N_("Goods"), N_("list of goods"), "package", ("Ctrl+G",), group="goods"),
    Action("goods.search", N_("Find"), N_("find goods"), "search", ("F2",), "goods", "goods"),
    Action("goods.new", N_("New"), N_("new goods"), "plus", ("Ins",), "goods", "goods"),
    Action("goods.import", N_("Import"), N_("import from a file"), "upload", ("F8",), "goods", "goods"),
    Action("goods.save", N_("Save"), N_("save"), "check", ("F9",), "goods", "goods"),
    Action("goods.columns", N_("Columns"), N_("what each column holds"), "columns-3", ("F2",), "goods_import", "goods"),
    Action("goods.next_error", N_("Next error"), N_("next error"), "arrow-down", ("Ctrl+Down",), "goods_import", "goods"),
    Action("goods.write", N_("Write"), N_("write the goods"), "check", ("F9",), "goods_import", "goods"),
    # To review
    Action("review.open", N_("To review"), N_("matters to review"), "inbox", ("Ctrl+D",), group="program"),
    Action("review.hand_on", N_("To the owner"), N_("hand on to the owner"), "send", ("F8",), "review", "program"),
    Action("review.settle", N_("Settle"), N_("settle the matter"), "check", ("F9",), "review", "program"),
    # Settings
    Action("settings.open", N_("Settings"), N_("settings"), "settings", ("Ctrl+,",), group="program"),
    Action("settings.save", N_("Save"), N_("save the settings"), "check", ("F9",), "settings", "program"),
    Action("settings.add", N_("Add"), N_("add a line"), "plus", ("Ins",), "settings", "program"),
    Action("settings.test", N_("Test page"), N_("print a test page"), "printer", ("F8",), "settings", "program"),
    # First run and sign-in
    Action("first_run.example", N_("Example"), N_("load the example club"), "sparkles", ("F4",), "first_run", "program"),
    Action("first_run.skip", N_("Skip"), N_("skip the step"), "chevron-right", ("PgDown",), "first_run", "program"),
    Action("first_run.next", N_("Next"), N_("next step"), "check", ("F9",), "first_run", "program"),
    Action("sign_in.find", N_("Find"), N_("find by name"), "user", ("F3",), "sign_in", "program"),
    Action("sign_in.forgot", N_("Forgot"), N_("forgotten PIN"), "circle-help", ("F8",), "sign_in", "program"),
    Action("sign_in.lift", N_("Unlock"), N_("shift lead: let them try again"), "lock", ("F9",), "sign_in", "program"),
)  # fmt: skip

HINTS: Final = (
    Hint(("1", "…", "9"), N_("tile"), "sale", "goods"),
    Hint(("2", "*"), N_("quantity"), "sale", "goods"),
    Hint(("0", "12", "*"), N_("a longer quantity"), "sale", "goods"),
    Hint(("-", "+"), N_("one fewer, one more"), "sale", "money"),
    Hint((".", "214"), N_("code of goods"), "sale", "goods"),
    Hint(("Up", "Down"), N_("choose in the list"), "sale", "goods"),
    Hint(("Enter",), N_("cash without change"), "pay", "money"),
    Hint(("Num *",), N_("by card"), "pay", "money"),
    Hint(("F12", "1"), N_("X report"), "program", "program"),
    Hint(("F12", "3"), N_("close the shift"), "program", "program"),
    Hint(("Esc",), N_("one step back"), "program", "program"),
)

# What stands on a key of the bar, dashed, where a screen binds nothing to it.
BAR_DEFAULTS: Final = (
    (N_("Keys"), "circle-help"),
    (N_("Goods"), "search"),
    (N_("Guest"), "user"),
    (N_("Hold"), "shopping-cart"),
    (N_("Extend"), "play"),
    (N_("Pause"), "pause"),
    (N_("Move"), "arrow-right-left"),
    (N_("Discount"), "percent"),
    (N_("Pay"), "banknote"),
    (N_("Menu"), "list"),
    (N_("Lock"), "lock"),
    (N_("Shift"), "clock"),
)

BY_ID: Final = {action.id: action for action in ACTIONS}
