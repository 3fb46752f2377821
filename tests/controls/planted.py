"""Known bugs, each with the tests that must turn red when it is planted."""

from dataclasses import dataclass

LEDGER = "tests/shared/ledger"
DELIVERY = "tests/convergence/test_delivery.py"
MACHINE = "tests/convergence/test_desk_machine.py"
SALES = "tests/shared/sales/test_commands.py"
SHIFTS = "tests/shared/shifts/test_commands.py"
STAFF = "tests/shared/staff/test_commands.py"
STOCK = "tests/shared/stock/test_commands.py"


@dataclass(frozen=True)
class Bug:
    """In `path`, the line(s) `good` become `bad`; at least one test of `caught_by` must fail."""

    name: str
    path: str
    good: str
    bad: str
    caught_by: str


BUGS = (
    Bug(
        "sums are added again when a fact is delivered twice",
        "shared/ledger/writes.py",
        "            if key in returned:\n                inserted.append(unique[key])\n            else:\n",
        "            inserted.append(unique[key])\n            if key not in returned:\n",
        DELIVERY + " -k sqlite",
    ),
    Bug(
        "an older put overwrites a newer one",
        "shared/ledger/writes.py",
        "versions.get(name, -1) < version}",
        "versions.get(name, -1) != version}",
        DELIVERY + " -k sqlite",
    ),
    Bug(
        "a fact with other content is taken for the same",
        "shared/ledger/writes.py",
        "        raise FactConflict(shape.table.name, key)\n",
        "        return\n",
        DELIVERY + " -k sqlite",
    ),
    Bug(
        "rebuilding skips the newest operation",
        "shared/ledger/rebuild.py",
        "        payload = decode_payload(row.payload)\n        try:\n",
        "        payload = decode_payload(row.payload)\n        if row.n > 1:\n            continue\n        try:\n",
        LEDGER + "/test_log.py",
    ),
    Bug(
        "what is applied is not what is written",
        "shared/ledger/log.py",
        "    body = read_body(read_back(data))\n",
        "",
        LEDGER + "/test_log.py",
    ),
    Bug(
        "a link is not compared with the one before it",
        "shared/ledger/log.py",
        "        if expected is not None and expected != (row.n, row.hash):\n",
        "        if expected is not None and expected[0] != row.n:\n",
        LEDGER + "/test_log.py",
    ),
    Bug(
        "a changed payload is not noticed",
        "shared/ledger/log.py",
        "canonical.digest(row.payload) != row.body_hash or ",
        "",
        LEDGER + "/test_log.py",
    ),
    Bug(
        "the same operation id counts again",
        "shared/ledger/transaction.py",
        "    if before := log.find(tx.connection, tx.op, request_hash):\n        return before\n",
        "    if log.find(tx.connection, tx.op, request_hash):\n        object.__setattr__(tx, 'op', tx.ids.new_id())\n",
        SALES,
    ),
    Bug(
        "an operation id may be used for another request",
        "shared/ledger/log.py",
        "    if request_hash is not None and ",
        "    if request_hash is None and ",
        SALES,
    ),
    Bug(
        "rights are not asked for",
        "shared/ledger/transaction.py",
        "    require(tx.actor, asked.right)\n",
        "",
        LEDGER + "/test_commands.py -k right",
    ),
    Bug(
        "a sum that a table declares is not added",
        "shared/core/columns.py",
        "issubclass(row, Sum) and row.__of__ is fact)",
        "issubclass(row, Sum) and row.__of__ is fact)[:1]",
        LEDGER + "/test_properties.py",
    ),
    Bug(
        "a desk of another age loses what it does not know",
        "shared/ledger/entries.py",
        '{"waiting": not whole}',
        '{"waiting": False}',
        LEDGER + "/test_ages.py",
    ),
    Bug(
        "postings are not checked and cash rounding is forgotten",
        "shared/sales/operations.py",
        "        (accounts.CASH_ROUNDING, -op.rounding_minor),\n",
        "",
        SALES,
    ),
    Bug(
        "a receipt number is used twice",
        "shared/sales/commands.py",
        "        number=last_receipt_number(tx) + 1,\n",
        "        number=max(1, last_receipt_number(tx)),\n",
        MACHINE,
    ),
    Bug(
        "the price is not compared with the one the guest was told",
        "shared/sales/commands.py",
        "    if asked.price_minor is not None and asked.price_minor != price:\n        text",
        "    if asked.price_minor is None and asked.price_minor != price:\n        text",
        MACHINE,
    ),
    Bug(
        "a label sells any goods at its price",
        "shared/sales/commands.py",
        "        if shown.product_id in holders:",
        "        if label.price_minor:",
        SALES,
    ),
    Bug(
        "money is a float on its way to the rounding",
        "shared/core/money.py",
        "    magnitude = (2 * abs(numerator) + denominator) // (2 * denominator)\n",
        "    magnitude = round(abs(numerator) / denominator)\n",
        SALES + " tests/shared/core/test_money.py",
    ),
    Bug(
        "the age is asked and not required",
        "shared/sales/commands.py",
        "    if age and not confirmed:\n",
        "    if age and not confirmed and not cart:\n",
        SALES,
    ),
    Bug(
        "X and Z are counted over different sales",
        "shared/reports/shift_report.py",
        "    lines = read.rows(_LINES, **of_shift)\n",
        '    lines = read.rows(_LINES, **of_shift)[int(kind == "z") :]\n',
        SHIFTS,
    ),
    Bug(
        "a shift closes on an older count",
        "shared/reports/commands.py",
        "    if saved is None or saved.op != count:\n",
        "    if saved is None:\n",
        SHIFTS,
    ),
    Bug(
        "anybody closes any shift",
        "shared/shifts/commands.py",
        "        require(tx.actor, Right.CLOSE_ANY_SHIFT)\n",
        "        pass\n",
        SHIFTS,
    ),
    Bug(
        "the difference is not booked",
        "shared/shifts/operations.py",
        "        (drawer, op.difference_minor),\n        (accounts.CASH_DIFFERENCE, -op.difference_minor),\n",
        "",
        MACHINE,
    ),
    Bug(
        "cost is taken twice for two lines of one product",
        "shared/sales/commands.py",
        "        levels[line.product_id] = Level(level.quantity_milli - line.quantity_milli, level.value_minor - cost)\n",
        "",
        SALES,
    ),
    Bug(
        "an administrator makes an owner",
        "shared/staff/rules.py",
        "    if not RIGHTS[role] <= editor:\n",
        "    if not RIGHTS[role] and editor:\n",
        STAFF,
    ),
    Bug(
        "a lock-out never begins",
        "shared/staff/queries.py",
        "if failures >= FAILURES_MAX else None",
        "if failures > FAILURES_MAX else None",
        STAFF,
    ),
    Bug(
        "the meaning of a written operation changes",
        "shared/stock/operations.py",
        '"recorded")\n',
        '"counted")\n',
        "tests/wire",
    ),
)
