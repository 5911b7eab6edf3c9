"""A ledger that is missing, foreign, newer, locked, read-only, full or damaged says so plainly."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from syndication.ledger.decide import Action
from syndication.ledger.errors import (
    BadAddress,
    Damaged,
    Exists,
    Foreign,
    LedgerError,
    Locked,
    Missing,
    Newer,
    Unfit,
    Unwritable,
)
from syndication.ledger.faults import meaning
from syndication.ledger.outbox import enqueue
from syndication.ledger.queries import entries
from syndication.ledger.schema import APPLICATION_ID, meta, metadata, runs
from syndication.ledger.schema import entries as table
from syndication.ledger.store import Ledger, create_ledger, open_ledger
from tests.ledger.samples import CANDIDATE, GUARD, STAMP, START, pages

NOBODY = 65534


def file_of(ledger: Ledger) -> Path:
    assert ledger.file is not None
    return ledger.file


def queue_one(ledger: Ledger) -> None:
    enqueue(ledger, [CANDIDATE], pages=pages(CANDIDATE), guard=GUARD, stamp=STAMP)


def test_what_was_created_can_be_opened(address: str) -> None:
    made = create_ledger(address, stamp=STAMP, since=START, site="https://kpknl.example")
    queue_one(made)
    made.close()
    again = open_ledger(address)
    with again.reading() as connection:
        row = connection.execute(sa.select(meta)).one()
    assert (row.created_at, row.since, row.site) == (STAMP.at, START, "https://kpknl.example")
    assert len(entries(again)) == 1
    again.close()


def test_without_a_date_nothing_from_before_the_day_of_creation_is_posted(address: str) -> None:
    made = create_ledger(address, stamp=STAMP)
    with made.reading() as connection:
        assert connection.scalar(sa.select(meta.c.since)) == date(2026, 11, 24)
    made.close()


def test_folders_are_made_for_it(tmp_path: Path) -> None:
    create_ledger(f"sqlite:///{tmp_path}/var/a/b.sqlite3", stamp=STAMP).close()
    assert (tmp_path / "var/a/b.sqlite3").is_file()


def test_a_copy_of_the_file_is_a_whole_backup(on_file: Ledger, tmp_path: Path) -> None:
    queue_one(on_file)
    copy = open_ledger(f"sqlite:///{shutil.copy(str(on_file.file), tmp_path / 'cadangan')}")
    assert entries(copy) == entries(on_file)
    copy.close()


def test_a_second_init_is_refused(on_file: Ledger) -> None:
    with pytest.raises(Exists, match="siar status"):
        create_ledger(f"sqlite:///{on_file.file}", stamp=STAMP)


def test_none_is_created_by_opening(address: str, tmp_path: Path) -> None:
    with pytest.raises(Missing, match="siar init"):
        open_ledger(address)
    assert list(tmp_path.iterdir()) == []


def test_an_init_that_was_cut_off_can_be_repeated(address: str, tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite3").touch()
    with pytest.raises(Missing):
        open_ledger(address)
    create_ledger(address, stamp=STAMP).close()
    open_ledger(address).close()


def text_file(path: Path) -> None:
    path.write_text("Ini bukan basis data, melainkan catatan rapat yang cukup panjang.\n" * 20)


def other_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (id)")
    connection.close()


@pytest.mark.parametrize("make", [text_file, other_database])
@pytest.mark.parametrize("use", [open_ledger, lambda url: create_ledger(url, stamp=STAMP)])
def test_a_file_that_is_not_ours_is_not_touched(
    address: str, tmp_path: Path, make: Callable[[Path], None], use: Callable[[str], Ledger]
) -> None:
    path = tmp_path / "ledger.sqlite3"
    make(path)
    before = path.read_bytes()
    with pytest.raises(Foreign, match="bukan buku besar"):
        use(address)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "url",
    ["", "bukan alamat", "sqlite://", "sqlite:///:memory:", "mysql://kpknl@server/siar"],
)
def test_an_address_that_cannot_be_used(url: str) -> None:
    with pytest.raises(BadAddress, match="SYNDICATION_LEDGER_URL"):
        open_ledger(url)


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(LedgerError):
        open_ledger(f"sqlite:///{tmp_path}")


def test_a_ledger_of_a_later_version_is_left_alone(on_file: Ledger) -> None:
    with on_file.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Newer, match="skema 9999"):
        open_ledger(f"sqlite:///{on_file.file}")


def test_a_ledger_that_another_process_keeps_locked(on_file: Ledger) -> None:
    blocker = sqlite3.connect(str(on_file.file), isolation_level=None)
    blocker.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Locked, match="proses lain"):
        open_ledger(f"sqlite:///{on_file.file}", patience=timedelta(milliseconds=50))
    blocker.execute("ROLLBACK")
    blocker.close()
    queue_one(on_file)


HOLD = """
import sqlite3, sys
blocker = sqlite3.connect(sys.argv[1], isolation_level=None)
blocker.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_process_that_is_killed_keeps_the_ledger_no_longer(on_file: Ledger) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(on_file.file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(Locked, match="tidak ada yang hilang"):
            open_ledger(f"sqlite:///{on_file.file}", patience=timedelta(milliseconds=50))
        holder.kill()
    queue_one(on_file)
    assert len(entries(on_file)) == 1


def fill_up(ledger: Ledger) -> None:
    """Change a state, and then write more than the database may hold."""
    with ledger.writing() as connection:
        size = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {size}")
        connection.execute(table.update().values(state="delivered"))
        connection.execute(meta.update().values(site="x" * 1_000_000))


def test_a_full_disk_changes_nothing(on_file: Ledger) -> None:
    queue_one(on_file)
    before = entries(on_file)
    with pytest.raises(Unwritable, match="penuh"):
        fill_up(on_file)
    assert entries(on_file) == before


@pytest.fixture
def elsewhere() -> Iterator[Path]:
    """A folder that other accounts may enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="siar-test-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


READ_ONLY = """
import os, sys
from syndication.ledger.store import open_ledger
from syndication.ledger.errors import Unwritable
from syndication.ledger.queries import entries
from tests.ledger.test_store import queue_one
ledger = open_ledger(sys.argv[1])
if os.geteuid() == 0:
    os.setegid(65534)
    os.seteuid(65534)
print(len(entries(ledger)))
ledger.close()
try:
    queue_one(ledger)
except Unwritable as error:
    print(error)
"""


def test_a_read_only_disk_can_be_read_and_says_why_it_cannot_be_written(elsewhere: Path) -> None:
    path = elsewhere / "ledger.sqlite3"
    create_ledger(f"sqlite:///{path}", stamp=STAMP).close()
    path.chmod(0o444)
    elsewhere.chmod(0o555)
    done = subprocess.run(
        [sys.executable, "-c", READ_ONLY, f"sqlite:///{path}"],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    count, message = done.stdout.splitlines()
    assert count == "0"
    assert message.startswith(f"{path}: buku besar (ledger) tidak dapat ditulis (")


def torn(path: Path) -> None:
    """Overwrite the middle of the file, as a failing disk would."""
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 60_000)


def emptied(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE receipts")
    connection.close()


def without_version(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("DELETE FROM alembic_version")
    connection.close()


@pytest.mark.parametrize("spoil", [torn, emptied, without_version])
def test_a_damaged_ledger_asks_for_the_backup(
    on_file: Ledger, spoil: Callable[[Path], None]
) -> None:
    path = file_of(on_file)
    queue_one(on_file)
    on_file.close()
    spoil(path)
    with pytest.raises(Damaged, match="pulihkan cadangan"):
        entries(open_ledger(f"sqlite:///{path}"))


def break_off(ledger: Ledger) -> None:
    """Change a state, and then fail."""
    with ledger.writing() as connection:
        connection.execute(table.update().values(state="delivered"))
        raise ZeroDivisionError


def test_a_half_done_change_is_undone(ledger: Ledger) -> None:
    queue_one(ledger)
    with pytest.raises(ZeroDivisionError):
        break_off(ledger)
    assert [entry.state for entry in entries(ledger)] == ["queued"]


def test_a_state_that_is_none_is_refused(ledger: Ledger) -> None:
    queue_one(ledger)
    with pytest.raises(LedgerError), ledger.writing() as connection:
        connection.execute(table.update().values(state="terbit"))


def test_the_file_says_that_it_is_ours(on_file: Ledger) -> None:
    assert file_of(on_file).read_bytes()[68:72] == APPLICATION_ID.to_bytes(4) == b"Siar"


def test_a_commit_survives_a_power_cut(on_file: Ledger) -> None:
    with on_file.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 3
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "delete"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_the_migrations_make_the_very_tables_that_the_code_uses(ledger: Ledger) -> None:
    with ledger.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


LIGHT = """
import sys
import syndication.ledger
assert not {"sqlalchemy", "alembic"} & set(sys.modules), "at import"
from syndication.ledger.store import open_ledger
open_ledger(sys.argv[1])
assert "alembic" not in sys.modules, "when opened"
"""


def test_alembic_is_not_loaded_while_the_schema_is_current(on_file: Ledger) -> None:
    env = {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", LIGHT, f"sqlite:///{on_file.file}"]
    assert subprocess.run(command, check=False, env=env).returncode == 0


def test_a_word_too_long_for_one_database_is_refused_by_both(address: str) -> None:
    row = runs.insert().values(kind="x" * 17, began_at=STAMP.at, actor="humas", said="")
    made = create_ledger(address, stamp=STAMP)
    with pytest.raises(Unfit, match="kesalahan program"), made.writing() as connection:
        connection.execute(row)
    made.close()


@pytest.mark.parametrize("action", Action, ids=str)
def test_the_ledger_has_room_for_each_ending(action: Action) -> None:
    queues = {Action.CORRECT}  # an event only, and events have room for more
    assert len(action.value) <= (32 if action in queues else 16)


def test_what_a_server_refuses_as_unfit_is_no_damage() -> None:
    class RefusalError(Exception):
        sqlstate = "22001"

    assert isinstance(meaning(RefusalError(), "buku besar"), Unfit)
