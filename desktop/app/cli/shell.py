"""`clubkassa-desk shell`: one JSON line in, one JSON line out, after the durable commit.

`{"id":1,"sign_in":{"staff":"…","pin":"…"}}`, `{"id":2,"sign_out":{}}`, `{"id":3,"do":"<command>","args":{…},"op":"…"}`,
`{"id":4,"ask":"<query>","args":{…}}`, `{"ask":"help"}`, and in a test folder `{"advance_seconds":60}`. Answers are
`{"id":…,"ok":…}`, `{"id":…,"refused":{"code","text","params"}}` or `{"id":…,"error":{"code","text"}}`.
"""

import logging
import uuid
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

import msgspec

from desktop.app.bootstrap import DeskParts
from desktop.app.cli.catalogue import catalogue, pin_fields
from desktop.app.cli.lines import LINE_BYTES_MAX, lines_of
from desktop.config.i18n import refusal_text, tr
from desktop.store.errors import StoreError
from shared.branches.queries import branch_settings
from shared.core.clock import ManualClock
from shared.core.errors import Refusal
from shared.core.ids import Id
from shared.core.text import N_
from shared.ledger.transaction import commands, queries, require
from shared.staff.queries import colleagues

ADVANCE_SECONDS_MAX = 10 * 366 * 24 * 3600
_log = logging.getLogger(__name__)


class BadLine(Exception):
    """This line asks for nothing that can be done. `text` is an English sentence marked with `N_`."""

    def __init__(self, code: str, text: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.text = text
        self.params = params


class _SignIn(msgspec.Struct, forbid_unknown_fields=True):
    staff: str
    pin: str


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    id: str | int | None = None
    do: str | None = None
    ask: str | None = None
    args: dict[str, Any] = {}
    op: str | None = None
    sign_in: _SignIn | None = None
    sign_out: dict[str, Any] | None = None
    advance_seconds: int | None = None


def serve(desk: DeskParts, source: BinaryIO, target: BinaryIO) -> None:
    """Answer every line until the source ends or nobody reads any more."""
    shell = Shell(desk)
    for line in lines_of(source):
        answer = shell.answer(line)
        try:
            target.write(answer + b"\n")
            target.flush()
        except BrokenPipeError:
            return


class Shell:
    """Serves one desk; lines come one after another."""

    def __init__(self, desk: DeskParts) -> None:
        self._desk = desk

    def answer(self, line: bytes | None) -> bytes:
        """The answer to one line, without its end; None stands for a line that was too long."""
        asked = _Line()
        try:
            asked = _read(line)
            return _encoded(asked.id, ok=self._serve(asked))
        except Refusal as no:
            said = {"code": no.code, "text": refusal_text(no, self._currency()), "params": dict(no.params)}
            return _encoded(asked.id, refused=said)
        except StoreError as failed:
            return _encoded(asked.id, error={"code": failed.code, "text": tr(failed.text, **failed.params)})
        except BadLine as bad:
            id_ = asked.id if asked.id is not None else _id_of(line)
            return _encoded(id_, error={"code": bad.code, "text": tr(bad.text, **bad.params)})
        except Exception as bug:  # whatever one line provokes, the next one is served
            _log.exception("a line of the shell met a fault")
            text = tr(N_("The program met a fault: {cause}. Nothing was saved"), cause=type(bug).__name__)
            return _encoded(asked.id, error={"code": "fault", "text": text})

    def _serve(self, asked: _Line) -> Any:
        verbs: dict[str, Callable[[_Line], Any]] = {
            "do": self._do,
            "ask": self._ask,
            "sign_in": self._sign_in,
            "sign_out": self._sign_out,
            "advance_seconds": self._advance,
        }
        named = [name for name in verbs if getattr(asked, name) is not None]
        if len(named) != 1:
            raise BadLine("unknown_request", N_("A line asks for one thing: sign_in, sign_out, do, ask or advance_seconds"))
        return verbs[named[0]](asked)

    def _do(self, asked: _Line) -> dict[str, Any]:
        command = commands().get(asked.do or "")
        if command is None:
            raise BadLine("unknown_command", N_("No command is called {name}. Ask for help"), name=asked.do or "")
        op = self._desk.store.new_op() if asked.op is None else _checked_op(asked.op)
        actor = self._desk.session.actor
        args = self._converted(command.arguments, asked.args, op)
        recorded = self._desk.store.do(command.function, op=op, actor=actor, args=args)
        envelope = recorded.envelope
        return {"op": envelope.op, "kind": envelope.kind, "at": envelope.at, "body": recorded.body}

    def _ask(self, asked: _Line) -> Any:
        if asked.ask == "help":
            return catalogue()
        query = queries().get(asked.ask or "")
        if query is None:
            raise BadLine("unknown_query", N_("No query is called {name}. Ask for help"), name=asked.ask or "")
        if query.right is not None:
            require(self._desk.session.actor, query.right)
        return self._desk.store.read(query.function, **self._converted(query.arguments, asked.args, ""))

    def _sign_in(self, asked: _Line) -> dict[str, Any]:
        assert asked.sign_in is not None
        named = asked.sign_in.staff
        found = [one for one in self._desk.store.read(colleagues) if named in (one.staff_id, one.name)]
        if len(found) != 1:
            raise Refusal("unknown_person", N_("Nobody with this name works here. Choose from the list"))
        person = self._desk.session.sign_in_now(found[0].staff_id, asked.sign_in.pin)
        return {"staff_id": person.staff_id, "name": person.name, "role": person.role, "rights": sorted(person.rights)}

    def _sign_out(self, _: _Line) -> dict[str, Any]:
        self._desk.session.sign_out()
        return {}

    def _advance(self, asked: _Line) -> dict[str, int]:
        seconds = asked.advance_seconds
        clock = self._desk.clock
        if not isinstance(clock, ManualClock) or not self._desk.store.is_test:
            raise BadLine("no_test_clock", N_("Time is moved only in a test folder opened with --test-clock"))
        if seconds is None or not 0 <= seconds <= ADVANCE_SECONDS_MAX:
            raise BadLine("bad_arguments", N_("These arguments do not fit: {cause}"), cause="advance_seconds")
        clock.advance(seconds * 1000)
        return {"now": clock.wall_ms()}

    def _converted(self, arguments: type[msgspec.Struct], given: Mapping[str, Any], op: Id) -> dict[str, Any]:
        """Arguments as the function takes them; a PIN is hashed. Raises BadLine, Refusal."""
        values = dict(given)
        for name in pin_fields(arguments) & values.keys():
            if not isinstance(values[name], str):
                raise BadLine("bad_arguments", N_("These arguments do not fit: {cause}"), cause=f"`{name}` is a PIN as text")
            values[name] = self._desk.pins.hash_pin(values[name], once=op)
        try:
            asked = msgspec.convert(values, arguments)
        except msgspec.ValidationError as wrong:
            raise BadLine("bad_arguments", N_("These arguments do not fit: {cause}"), cause=str(wrong)) from wrong
        return {name: getattr(asked, name) for name in values}

    def _currency(self) -> str:
        try:
            return self._desk.store.read(branch_settings).currency
        except Refusal:
            return "RUB"


def _read(line: bytes | None) -> _Line:
    if line is None:
        raise BadLine("line_too_long", N_("A line has at most {most} bytes"), most=LINE_BYTES_MAX)
    try:
        return msgspec.json.decode(line, type=_Line)
    except msgspec.ValidationError as wrong:
        raise BadLine("bad_line", N_("This line does not fit: {cause}"), cause=str(wrong)) from wrong
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as broken:
        raise BadLine("not_json", N_("This line is not JSON: {cause}"), cause=str(broken)) from broken


def _id_of(line: bytes | None) -> str | int | None:
    """The id of a line that does not fit otherwise, where it has a readable one."""
    try:
        asked = msgspec.json.decode(line or b"null")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    id_ = asked.get("id") if isinstance(asked, dict) else None
    return id_ if isinstance(id_, str | int) and not isinstance(id_, bool) else None


def _checked_op(op: str) -> Id:
    try:
        if str(uuid.UUID(op)) == op:
            return op
    except ValueError:
        pass
    raise BadLine("bad_op", N_("An operation id is a UUID in small letters"))


def _encoded(id_: str | int | None, **members: Any) -> bytes:
    return msgspec.json.encode({"id": id_} | members)
