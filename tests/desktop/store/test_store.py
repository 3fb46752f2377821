"""The store as the rest of the program meets it."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.store import backup, engine, recorder
from desktop.store.disk import RESERVE_BYTES, Room
from desktop.store.errors import CannotOpen, NotSaved
from desktop.store.folder import Folder
from desktop.store.store import Store
from shared.core.clock import HOUR_MS, ManualClock
from shared.core.errors import Refusal
from shared.ledger.log import Recorded
from shared.ledger.memory import remembered
from shared.ledger.transaction import Actor, Reading
from tests.support import tiny
from tests.support.desk import NOON, DeskForTests


def test_what_is_saved_is_there_after_a_restart(desk: DeskForTests) -> None:
    desk.notes("bar", 5)
    desk.restart()
    assert desk.topics() == {"bar": 10}


def test_pressing_twice_counts_once(desk: DeskForTests) -> None:
    op = desk.store.new_op()
    first, again = desk.notes("bar", op=op), desk.notes("bar", op=op)
    assert (first.fresh, again.fresh) == (True, False)
    assert desk.topics() == {"bar": 2}


def test_one_id_is_never_two_operations(desk: DeskForTests) -> None:
    op = desk.store.new_op()
    desk.notes("bar", op=op)
    with pytest.raises(Refusal):
        desk.notes("hall", op=op)
    assert desk.topics() == {"bar": 2}


def test_a_refusal_changes_nothing_and_the_desk_goes_on(desk: DeskForTests) -> None:
    with pytest.raises(Refusal):
        desk.notes("")
    desk.notes("bar")
    assert desk.topics() == {"bar": 2}


@pytest.mark.logs_warnings
def test_a_bug_in_a_rule_says_not_saved_and_the_desk_goes_on(desk: DeskForTests) -> None:
    with pytest.raises(NotSaved):
        desk.notes("bar", worth=13)
    desk.notes("bar")
    assert desk.topics() == {"bar": 2}


def test_a_right_taken_away_is_gone_at_once(desk: DeskForTests) -> None:
    former = Actor("00000000-0000-7000-8000-0000000000bb", frozenset({tiny.RIGHT}))
    with pytest.raises(Refusal) as no:
        desk.store.do(tiny.note, op=desk.store.new_op(), actor=former, args={"topic": "bar", "words": ("one",)})
    assert no.value.code == "no_right"


def test_an_answer_comes_after_the_commit(desk: DeskForTests) -> None:
    answers: list[tuple[Recorded, dict[str, int]]] = []
    desk.store.write(
        tiny.note,
        op=desk.store.new_op(),
        actor=desk.actor,
        args={"topic": "bar", "words": ("one",)},
        then=lambda recorded: answers.append((recorded, desk.topics())),
    )
    desk.store.settle()
    assert [known for _, known in answers] == [{"bar": 1}]


def test_a_refused_write_reaches_failed_and_not_then(desk: DeskForTests) -> None:
    told: list[str] = []
    desk.store.write(
        tiny.note,
        op=desk.store.new_op(),
        actor=desk.actor,
        args={"topic": "", "words": ("one",)},
        then=lambda _: told.append("then"),
        failed=lambda no: told.append(no.code),
    )
    desk.store.settle()
    assert told == ["no_topic"]


def test_watchers_hear_once_of_many_changes(tmp_path: Path) -> None:
    waiting: list[object] = []
    desk = DeskForTests(tmp_path / "desk")
    store = Store.open(tmp_path / "other", desk.clock, questions=tiny.TINY, deliver=waiting.append)
    heard: list[int] = []
    store.watch("support", lambda: heard.append(1))
    for _ in range(3):
        store.do(tiny.note, op=store.new_op(), actor=tiny.WRITER, args={"topic": "bar", "words": ("one",)})
    assert len(waiting) == 1
    for call in waiting:
        call()  # type: ignore[operator]
    assert heard == [1]
    store.close()
    desk.close()


def test_a_follower_writes_in_the_same_transaction(desk: DeskForTests) -> None:
    seen: list[str] = []

    def follower(reading: Reading, recorded: Recorded) -> None:
        seen.append(recorded.envelope.op)
        assert reading.scalar(tiny.topic_notes()) == 2 * len(seen)
        if recorded.body.worth == 7:  # type: ignore[attr-defined]
            raise Refusal("no_follower", "no")

    desk.store.follow(tiny.Noted, follower)
    desk.notes("bar")
    with pytest.raises(Refusal):
        desk.notes("hall", worth=7)
    assert len(seen) == 2
    assert desk.topics() == {"bar": 2}


def test_people_go_first_while_an_import_runs(desk: DeskForTests) -> None:
    order: list[str] = []
    started, go_on = threading.Event(), threading.Event()

    def steps() -> Iterator[tuple[str, dict[str, object]]]:
        for number in range(5):
            if number == 1:
                started.set()
                go_on.wait()
            yield desk.store.new_op(), {"topic": "import", "words": (str(number),)}

    done = threading.Event()
    desk.store.write_background(
        tiny.note, actor=desk.actor, steps=steps(), progress=lambda _: order.append("import"), then=done.set
    )
    started.wait()
    desk.store.write(
        tiny.note,
        op=desk.store.new_op(),
        actor=desk.actor,
        args={"topic": "bar", "words": ("sale",)},
        then=lambda _: order.append("sale"),
    )
    go_on.set()
    done.wait()
    assert order == ["import", "sale", "import", "import", "import", "import"]
    assert desk.topics() == {"import": 5, "bar": 1}


def test_a_list_is_loaded_on_another_thread(desk: DeskForTests) -> None:
    desk.notes("bar")
    answers: list[tuple[dict[str, int], str]] = []
    desk.store.load(tiny.topics, {}, lambda known: answers.append((known, threading.current_thread().name)))
    desk.store.settle()
    assert answers == [({"bar": 2}, "store-reader")]


def test_a_second_instance_is_refused_by_the_name_of_the_folder(desk: DeskForTests) -> None:
    with pytest.raises(CannotOpen) as no:
        Store.open(desk.root, desk.clock, questions=tiny.TINY)
    assert str(desk.root) in str(no.value)


def test_a_read_sees_one_state_and_cannot_write(desk: DeskForTests) -> None:
    with pytest.raises(Exception, match="readonly"):
        desk.store.read(lambda read: read.connection.exec_driver_sql("DELETE FROM tiny_notes"))


def test_what_is_remembered_is_forgotten_when_it_changes(desk: DeskForTests) -> None:
    asked: list[int] = []

    @remembered("tiny_topics")
    def counted(read: Reading) -> int:
        asked.append(1)
        return int(read.scalar(tiny.topic_notes()))

    desk.notes()
    assert [desk.store.read(counted) for _ in range(3)] == [2, 2, 2]
    desk.notes()
    assert [desk.store.read(counted) for _ in range(3)] == [4, 4, 4]
    assert len(asked) == 2


@pytest.mark.logs_warnings
def test_what_a_failed_write_remembered_is_forgotten(desk: DeskForTests) -> None:
    @remembered("tiny_topics")
    def counted(read: Reading) -> int:
        return int(read.scalar(tiny.topic_notes()))

    seen: list[int] = []

    def follower(reading: Reading, recorded: Recorded) -> None:
        seen.append(counted(reading))
        if recorded.body.worth == 7:  # type: ignore[attr-defined]
            raise ZeroDivisionError

    desk.store.follow(tiny.Noted, follower)
    with pytest.raises(NotSaved):
        desk.notes(worth=7)
    desk.notes()
    assert seen == [2, 2]


def test_a_full_disk_refuses_before_it_is_full_and_reading_goes_on(tmp_path: Path) -> None:
    desk = DeskForTests(tmp_path / "desk")
    desk.notes()
    desk.close()
    store = Store.open(tmp_path / "desk", desk.clock, questions=tiny.TINY, free_bytes_min=1 << 60)
    with pytest.raises(NotSaved) as no:
        store.do(tiny.note, op=store.new_op(), actor=tiny.WRITER, args={"topic": "bar", "words": ("one",)})
    assert no.value.code == "disk_full"
    assert "Everything before is safe" in str(no.value)
    assert store.read(tiny.topics) == {"bar": 2}
    store.close()


def test_a_start_on_a_full_disk_says_so_and_sets_no_sound_database_aside(
    desk: DeskForTests, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.notes()
    desk.close()
    monkeypatch.setattr("desktop.store.disk.free_bytes", lambda path: 0)
    with pytest.raises(CannotOpen) as no:
        desk.open()
    assert no.value.code == "disk_full_to_open"
    monkeypatch.undo()
    desk.store = desk.open()
    assert desk.topics() == {"bar": 2}
    assert not list(desk.root.glob("*.bad-*"))


def test_a_reserve_is_set_aside_and_given_back_when_the_disk_is_full(tmp_path: Path) -> None:
    room = Room(Folder.at(tmp_path), 0)
    room.keep_reserve()
    assert (tmp_path / "reserve").stat().st_blocks * 512 >= RESERVE_BYTES
    room.give_reserve()
    assert not (tmp_path / "reserve").exists()


def test_a_backup_is_whole_and_holds_what_was_saved(desk: DeskForTests) -> None:
    desk.notes()
    made = desk.store.backup_now("shift-close").result()
    assert made.reason == "shift-close"
    assert backup.check(made.path, tiny.TINY) == []
    assert [held.path for held in backup.backups(desk.store.folder)] == [made.path]
    reader = engine.open_reader(made.path)
    assert tiny.topics(Reading(reader, desk.store.desk, 0)) == {"bar": 2}
    engine.close(reader)


def test_backups_grow_thin_with_age(tmp_path: Path) -> None:
    folder = Folder.at(tmp_path)
    first = datetime(2026, 1, 1, tzinfo=UTC)
    for hour in range(24 * 30):
        made = first + timedelta(hours=hour)
        (folder.backups / f"{made:%Y%m%d-%H%M%S}-hourly.sqlite3").touch()
    (folder.backups / "somebody-elses.sqlite3").touch()
    backup.prune(folder)
    kept = [held.made for held in backup.backups(folder)]
    assert len(kept) == 24 + 13
    assert kept[:24] == [first + timedelta(hours=24 * 30 - 1 - hour) for hour in range(24)]
    assert (kept[24] - kept[25], kept[-1]) == (timedelta(days=1), datetime(2026, 1, 17, 23, tzinfo=UTC))


def test_the_journal_stays_until_a_backup_holds_it_and_it_is_old(tmp_path: Path) -> None:
    folder, clock = Folder.at(tmp_path), ManualClock(NOON)
    assert backup.journal_may_go_before(folder, clock) is None
    (folder.backups / "20260110-120000-hourly.sqlite3").touch()
    assert backup.journal_may_go_before(folder, clock) == "20251211"
    clock.advance(100 * 24 * HOUR_MS)
    assert backup.journal_may_go_before(folder, clock) == "20260110"


@pytest.mark.logs_warnings
def test_a_bug_in_whoever_is_told_harms_nobody_else(desk: DeskForTests) -> None:
    def stumbles(_: Recorded) -> None:
        raise ZeroDivisionError

    args = {"topic": "bar", "words": ("one",)}
    desk.store.write(tiny.note, op=desk.store.new_op(), actor=desk.actor, args=args, then=stumbles)
    desk.notes()
    assert desk.topics() == {"bar": 3}


def test_long_work_leaves_no_long_log(desk: DeskForTests, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder, "WAL_BYTES_HARD", 400_000)
    sizes: list[int] = []
    wal = desk.root / "club.sqlite3-wal"
    words = ("x" * 1_000,) * 20
    steps = ((desk.store.new_op(), {"topic": f"{number}", "words": words}) for number in range(100))
    done = threading.Event()
    desk.store.write_background(
        tiny.note, actor=desk.actor, steps=steps, progress=lambda _: sizes.append(wal.stat().st_size), then=done.set
    )
    done.wait()
    assert len(sizes) == 100
    assert max(sizes) < 100 * sizes[0] / 2


def test_the_writer_rests_again_and_again(desk: DeskForTests, monkeypatch: pytest.MonkeyPatch) -> None:
    rested = threading.Semaphore(0)
    monkeypatch.setattr(recorder.Recorder, "rest", lambda _: rested.release())
    desk.restart()
    for _ in range(3):
        assert "store-writer" in {thread.name for thread in threading.enumerate()}
        desk.notes("bar")
        assert rested.acquire(timeout=60)
    desk.notes("bar")


@pytest.mark.parametrize("part", ["lock", "lease"])
def test_a_folder_the_system_refuses_is_told_as_such(part: str, tmp_path: Path) -> None:
    (tmp_path / "desk" / part).mkdir(parents=True)
    with pytest.raises(CannotOpen) as closed:
        DeskForTests(tmp_path / "desk")
    assert closed.value.code == "folder_is_unusable"
