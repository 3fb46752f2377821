"""Whatever comes in a line, there is one answer and the next line is served."""

import io

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.app.cli import shell
from desktop.app.cli.lines import LINE_BYTES_MAX, lines_of
from shared.core.clock import ManualClock
from shared.staff.rules import LOCKOUT_MS
from tests.shell.conftest import Asking

BAD = {
    "half an object": (b'{"id":1,', "not_json"),
    "words": (b"sell one cola", "not_json"),
    "not a number": (b'{"id":1,"ask":"tiles","args":{"x":NaN}}', "not_json"),
    "endless": (b'{"id":1,"ask":"tiles","args":{"x":Infinity}}', "not_json"),
    "an unreadable byte": (b'{"id":1,"ask":"\xff\xfe"}', "not_json"),
    "half a letter": (b'{"id":1,"ask":"scan","args":{"text":"\\ud800"}}', "not_json"),
    "a list": (b"[1,2]", "bad_line"),
    "nothing": (b"null", "bad_line"),
    "a field too much": (b'{"id":1,"sell":1}', "bad_line"),
    "a number for a name": (b'{"id":1,"do":17}', "bad_line"),
    "no request": (b'{"id":1}', "unknown_request"),
    "two requests": (b'{"id":1,"do":"open_shift","ask":"tiles"}', "unknown_request"),
    "an unknown command": (b'{"id":1,"do":"print_money"}', "unknown_command"),
    "an unknown query": (b'{"id":1,"ask":"everything"}', "unknown_query"),
    "a function that is no command": (b'{"id":1,"do":"shift_report"}', "unknown_command"),
    "an argument too much": (b'{"id":1,"ask":"tiles","args":{"x":1}}', "bad_arguments"),
    "a text for a number": (b'{"id":1,"do":"open_shift","args":{"float_minor":"many"}}', "bad_arguments"),
    "half a kopeck": (b'{"id":1,"do":"open_shift","args":{"float_minor":0.5}}', "bad_arguments"),
    "a true number": (b'{"id":1,"do":"open_shift","args":{"float_minor":true}}', "bad_arguments"),
    "a missing argument": (b'{"id":1,"do":"complete_sale","args":{}}', "bad_arguments"),
    "a PIN as a number": (b'{"id":1,"do":"set_pin","args":{"staff_id":"x","pin":4725}}', "bad_arguments"),
    "an id that is none": (b'{"id":1,"ask":"product","args":{"product_id":"cola"}}', "bad_arguments"),
    "an id in capitals": (
        b'{"id":1,"do":"lift_lockout","args":{"staff_id":"01A207C5-3D31-7000-B8F6-5683D0C16F61"}}',
        "bad_arguments",
    ),
    "an id inside a list": (
        b'{"id":1,"do":"record_stock","args":{"goods":[{"product_id":"","quantity_milli":1}]}}',
        "bad_arguments",
    ),
    "an id with a line after it": (
        b'{"id":1,"do":"lift_lockout","args":{"staff_id":"01a207c5-3d31-7000-b8f6-5683d0c16f61\\n"}}',
        "bad_arguments",
    ),
    "no operation id": (b'{"id":1,"do":"open_shift","op":"one"}', "bad_op"),
    "an operation id in capitals": (b'{"id":1,"do":"open_shift","op":"01A207C5-3D31-7000-B8F6-5683D0C16F61"}', "bad_op"),
    "time outside a test": (b'{"id":1,"advance_seconds":-1}', "bad_arguments"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_line_is_answered_with_its_fault_and_the_next_is_served(club: Asking, name: str) -> None:
    club.enter()
    line, code = BAD[name]
    assert club.line(line)["error"]["code"] == code
    assert len(club.ok(ask="tiles")) == 9


def test_lines_too_long_or_too_deep_are_answered_and_the_next_is_served(club: Asking) -> None:
    deep = b'{"id":1,"ask":"tiles","args":{"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}}"
    source = io.BytesIO(b"\n".join([b"x" * (3 * LINE_BYTES_MAX), deep, b"", b"   ", b'{"id":2,"ask":"is_set_up"}']))
    target = io.BytesIO()
    shell.serve(club.desk, source, target)
    long, too_deep, after = map(msgspec.json.decode, target.getvalue().splitlines())
    assert long["error"]["code"] == "line_too_long"
    assert too_deep["error"]["code"] == "not_json"
    assert after == {"id": 2, "ok": True}


def test_a_number_beyond_the_database_is_no_end(club: Asking) -> None:
    club.enter()
    answer = club.line(b'{"id":1,"do":"open_shift","args":{"float_minor":99999999999999999999999999}}')
    assert "ok" not in answer
    assert club.ok(ask="current_shift") is None


@given(st.binary(max_size=200))
def test_any_bytes_become_lines_without_blank_ones(data: bytes) -> None:
    lines = list(lines_of(io.BytesIO(data)))
    assert [line.strip() for line in lines if line is not None] == [line.strip() for line in data.split(b"\n") if line.strip()]


def test_the_id_comes_back_as_it_was_given(club: Asking) -> None:
    for given_id in (7, "seven", None):
        assert club.ask(id=given_id, ask="is_set_up") == {"id": given_id, "ok": True}
        assert club.ask(id=given_id, ask="nothing")["id"] == given_id
    assert club.line(b'{"id":"x","sell":1}')["id"] == "x"


def test_a_fresh_desk_is_set_up_by_the_local_owner_and_then_wants_a_sign_in(empty: Asking) -> None:
    fields = {"name": "Club", "time_zone": "Europe/Moscow", "currency": "RUB"}
    rate = {"name": "none", "rate_bp": 0, "included": True, "is_default": True}
    empty.ok(do="set_up_branch", args={"fields": fields, "tax_rates": [rate]})
    empty.ok(do="add_person", args={"name": "Owner", "role": "owner", "pin": "274951", "recovery_hash": "x"})
    assert empty.ask(do="open_shift")["refused"]["code"] == "not_signed_in"
    person = empty.ok(sign_in={"staff": "Owner", "pin": "274951"})
    assert person["role"] == "owner"
    assert empty.ok(do="open_shift", args={"float_minor": 0})["kind"] == "shift_opened"
    empty.ok(sign_out={})
    assert empty.ask(do="open_shift")["refused"]["code"] == "not_signed_in"


def test_a_pin_is_checked_and_never_kept_as_it_is(club: Asking) -> None:
    club.enter()
    assert club.ask(do="add_person", args={"name": "A", "role": "cashier", "pin": "1234"})["refused"]["code"] == "weak_pin"
    added = club.ok(do="add_person", args={"name": "A", "role": "cashier", "pin": "8264"})
    assert added["body"]["pin"]["hash"].startswith("$2b$")
    assert added["body"]["pin"]["digits"] == 4
    assert club.ok(sign_in={"staff": "A", "pin": "8264"})["role"] == "cashier"


def test_the_same_operation_asked_twice_happens_once_even_with_a_pin(club: Asking) -> None:
    club.enter()
    op = club.desk.store.new_op()
    args = {"name": "A", "role": "cashier", "pin": "8264"}
    first = club.ok(do="add_person", op=op, args=args)
    assert club.ok(do="add_person", op=op, args=args) == first
    other = club.ask(do="add_person", op=op, args=args | {"pin": "8265"})
    assert other["refused"]["code"] == "operation_id_reused"


def test_rights_are_those_of_the_person(club: Asking) -> None:
    club.enter("Анна Соколова", "4725")
    refused = club.ask(do="create_product", args={"fields": {"name": "Free", "price_minor": 0}})["refused"]
    assert refused["code"] == "no_right"
    assert refused["params"] == {"right": "edit_goods"}
    assert club.ask(ask="balances")["refused"]["code"] == "no_right"


def test_five_wrong_pins_close_the_door_for_five_minutes(club: Asking) -> None:
    for left in (4, 3, 2, 1, 0):
        wrong = club.ask(sign_in={"staff": "Анна Соколова", "pin": "0000"})["refused"]
        assert (wrong["code"], wrong["params"]["left"]) == ("wrong_pin", left)
    locked = club.ask(sign_in={"staff": "Анна Соколова", "pin": "4725"})["refused"]
    assert (locked["code"], locked["params"]["minutes"]) == ("signing_in_is_locked", 5)
    club.enter()  # somebody else is not kept out
    club.ok(advance_seconds=LOCKOUT_MS // 1000)
    club.enter("Анна Соколова", "4725")


def test_time_moves_only_in_a_test_folder(club: Asking) -> None:
    assert isinstance(club.desk.clock, ManualClock)
    before = club.desk.clock.wall_ms()
    assert club.ok(advance_seconds=90)["now"] == before + 90_000


def test_help_lists_every_command_and_query_with_schemas(club: Asking) -> None:
    told = club.ok(ask="help")
    assert {"complete_sale", "open_shift", "close_shift", "add_person"} <= set(told["commands"])
    assert {"tiles", "scan", "x_report", "receipts", "search_goods", "unfinished_prints"} <= set(told["queries"])
    for command in told["commands"].values():
        assert command["does"]
        assert command["right"]
        assert command["args"]["$defs"]
        assert command["kind"]
    for query in told["queries"].values():
        assert query["tells"]
        assert query["answer"]
    pin = told["commands"]["set_pin"]["args"]["$defs"]["set_pin"]["properties"]["pin"]
    assert pin["type"] == "string"


def test_every_query_that_needs_nothing_answers(club: Asking) -> None:
    """An answer that cannot be written as JSON would be a fault of the shell."""
    club.enter()
    club.ok(do="open_shift", args={"float_minor": 1000})
    for name, query in club.ok(ask="help")["queries"].items():
        needed = next(iter(query["args"]["$defs"].values())).get("required", [])
        if not needed:
            assert "ok" in club.ask(ask=name), name
