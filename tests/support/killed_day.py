"""A day at the till during which the program is killed again and again; what was done is kept in a plain list."""

import random
import re
import threading
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from tests.support.shell import Died, ShellProcess, run_desk

PIN = "274951"
PRICES = (11_000, 9_500, 18_050)
FLOAT = 300_000
PRINT_SECONDS_MAX = 60.0
KILL_WITHIN_SECONDS = 0.06
"""A sale takes some milliseconds; a kill somewhere in here meets it before, during and after its commit."""


@dataclass
class Asked:
    """One command as it was asked and, when it came, its answer."""

    command: str
    op: str
    args: dict[str, Any]
    answer: Any = None


@dataclass
class KilledDay:
    """Sells on one folder through kills. Everything asked is remembered here, outside the product."""

    folder: Path
    chance: random.Random
    asked: list[Asked] = field(default_factory=list)
    goods: list[str] = field(default_factory=list)
    kills: int = 0
    _op_count: int = 0

    @property
    def papers(self) -> Path:
        """Where the printer puts its papers, one file each."""
        return self.folder.with_name(f"{self.folder.name} papers")

    def set_up(self) -> None:
        """A club with an owner, three goods, stock and a printer."""
        self.folder.mkdir(parents=True)
        self.papers.mkdir()
        printer = {"printer": {"kind": "file", "folder": str(self.papers)}}
        (self.folder / "settings.json").write_bytes(msgspec.json.encode(printer))
        with ShellProcess(self.folder) as shell:
            fields = {"name": "Club", "time_zone": "Europe/Moscow", "currency": "RUB"}
            rate = {"name": "none", "rate_bp": 500, "included": True, "is_default": True}
            shell.do("set_up_branch", fields=fields, tax_rates=[rate])
            shell.do("add_person", name="Owner", role="owner", pin=PIN, recovery_hash="none")
            shell.ok(sign_in={"staff": "Owner", "pin": PIN})
            for number, price in enumerate(PRICES):
                made = shell.do("create_product", fields={"name": f"Goods {number}", "price_minor": price, "tile": number + 1})
                self.goods.append(made["body"]["products"][0]["product_id"])
            counted = [{"product_id": one, "quantity_milli": 1_000_000, "unit_cost_minor": 5_000} for one in self.goods]
            shell.do("record_stock", goods=counted)

    def go_on(self, kills: int) -> None:
        """Work until the program was killed so many times."""
        while self.kills < kills:
            with ShellProcess(self.folder) as shell:
                try:
                    self._work(shell)
                except Died:
                    self.kills += 1

    def finish(self) -> None:
        """Ask once more what was never answered, ask twice what was, and close the shift."""
        with ShellProcess(self.folder) as shell:
            shell.ok(sign_in={"staff": "Owner", "pin": PIN})
            for one in self.asked:
                again = shell.ask(do=one.command, op=one.op, args=one.args)
                if one.answer is not None:
                    assert again.get("ok") == one.answer, f"{one.op} was answered differently the second time"
                elif "ok" in again:
                    one.answer = again["ok"]

    def _work(self, shell: ShellProcess) -> None:
        """Sell until the kill that was drawn for this run comes."""
        if self.chance.random() < 0.15:
            self._kill_soon(shell, 1.5)  # somewhere in the start
        shell.ok(sign_in={"staff": "Owner", "pin": PIN})
        self._settle_unanswered(shell)
        for _ in range(self.chance.randint(1, 12)):
            self._one_step(shell)
        self._kill_soon(shell, KILL_WITHIN_SECONDS)
        while True:
            self._one_step(shell)

    def _one_step(self, shell: ShellProcess) -> None:
        shift = shell.ok(ask="current_shift")
        if shift is None:
            self._do(shell, "open_shift")
        elif self.chance.random() < 0.06:
            self._do(shell, "count_drawer", count={"denominations": [[100, self.chance.randint(0, 9_000)]]})
            counted = self.asked[-1]
            self._do(shell, "close_shift", count=counted.op, reason="unknown")
        else:
            self._do(shell, "complete_sale", **self._sale())

    def _sale(self) -> dict[str, Any]:
        picked = self.chance.sample(range(len(self.goods)), self.chance.randint(1, len(self.goods)))
        pieces = [self.chance.randint(1, 3) for _ in picked]
        lines = [
            {"product_id": self.goods[one], "quantity_milli": 1000 * count} for one, count in zip(picked, pieces, strict=True)
        ]
        total = sum(PRICES[one] * count for one, count in zip(picked, pieces, strict=True))
        kind = self.chance.choice(("cash", "card"))
        return {"lines": lines, "tenders": [{"kind": kind, "tendered_minor": total}], "total_minor": total}

    def _do(self, shell: ShellProcess, command: str, **args: Any) -> None:
        one = Asked(command, self._new_op(), args)
        self.asked.append(one)
        one.answer = shell.ok(do=command, op=one.op, args=args)

    def _settle_unanswered(self, shell: ShellProcess) -> None:
        """As any careful caller: what was not answered is asked again under the same id."""
        for one in self.asked:
            if one.answer is None:
                again = shell.ask(do=one.command, op=one.op, args=one.args)
                if "ok" in again:
                    one.answer = again["ok"]
                else:
                    # The world has moved on, such as money counted before a sale: then it never happened.
                    assert "refused" in again, again
        self.asked = [one for one in self.asked if one.answer is not None]

    def _new_op(self) -> str:
        """Ids in order of asking, of this day alone."""
        self._op_count += 1
        tail = self.chance.getrandbits(62)
        return str(uuid.UUID(int=(1_795_000_000_000 + self._op_count) << 80 | 7 << 76 | 2 << 62 | tail))

    def _kill_soon(self, shell: ShellProcess, within: float) -> None:
        timer = threading.Timer(self.chance.uniform(0, within), shell.kill)
        timer.daemon = True
        timer.start()


def check(day: KilledDay) -> None:
    """What was answered is there once; numbers have no gaps; the folder holds together."""
    sold = {one.op: one for one in day.asked if one.command == "complete_sale" and one.answer is not None}
    closed = [one for one in day.asked if one.command == "close_shift" and one.answer is not None]
    with ShellProcess(day.folder) as shell:
        shell.ok(sign_in={"staff": "Owner", "pin": PIN})
        shown: list[dict[str, Any]] = []
        unsure = _when_printed(shell)
        while page := shell.ok(ask="receipts", args={"most": 100} | ({"before": shown[-1]["sale_id"]} if shown else {})):
            shown += page
        balances = {one["account"]: one["amount_minor"] for one in shell.ok(ask="balances")}
    assert sorted(one["sale_id"] for one in shown) == sorted(sold), "sales kept and sales answered differ"
    assert sorted(one["number"] for one in shown) == [f"1-{number:04d}" for number in range(1, len(sold) + 1)]
    for one in shown:
        assert one["total_minor"] == sold[one["sale_id"]].args["total_minor"]
    z_numbers = sorted(one.answer["body"]["z_number"] for one in closed)
    assert z_numbers == list(range(1, len(closed) + 1))
    by_card = sum(one.args["total_minor"] for one in sold.values() if one.args["tenders"][0]["kind"] == "card")
    assert balances.get("Assets:Card", 0) == by_card
    assert sum(balances.values()) == 0
    _check_papers(day, {one["sale_id"]: one["number"] for one in shown}, unsure)
    verified = run_desk("verify", "--data-dir", day.folder)
    assert verified.returncode == 0, verified.stdout.decode() + verified.stderr.decode()


def _when_printed(shell: ShellProcess) -> set[str]:
    """Wait until nothing is left to print; answers the operations of which nobody knows whether their paper came out."""
    deadline = time.monotonic() + PRINT_SECONDS_MAX
    while time.monotonic() < deadline:
        left = shell.ok(ask="unfinished_prints")
        if all(job["state"] == "unconfirmed" for job in left):
            return {job["op"] for job in left}
        time.sleep(0.1)
    raise AssertionError(f"still not printed: {left}")


def _check_papers(day: KilledDay, numbers: dict[str, str], unsure: set[str]) -> None:
    """Every receipt came out once, or a person is asked about it; none came out twice."""
    printed: list[str] = []
    for path in sorted(day.papers.iterdir()):
        printed += re.findall(r"Receipt (1-\d+)", path.read_bytes().decode("cp866", "replace"))
    assert len(printed) == len(set(printed)), "a receipt came out twice"
    sure = {number for sale, number in numbers.items() if sale not in unsure}
    assert sure <= set(printed) <= set(numbers.values())
