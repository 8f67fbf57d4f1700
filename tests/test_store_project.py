"""What a reader was promised of the project folder: it opens, or says why, and is never harmed."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.store_makers import (
    FINDINGS,
    as_first_version_left_it,
    make_project,
    make_series,
    say,
)
from wsl_studio.domain.errors import KnownError
from wsl_studio.store import migrate, schema
from wsl_studio.store.lock import FileLock, LockedError, holder, is_held
from wsl_studio.store.project import Project


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name.startswith("project.db")
    }


def test_a_new_project_opens_again_as_it_was_made(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "100 % új"
    with Project.create(folder, findings=[" nodule ", "effusion", "Nodule"]) as project:
        assert project.findings == FINDINGS
        assert project.name == "100 % új"
        salt = project.salt
        assert len(salt) == 16
        assert project.add_findings(["fracture", "EFFUSION", "fracture"]) == ("fracture",)
        project.set_meta("reader", "JD")
        project.set_meta("reader", "Zoë")
    with Project.open(folder) as project:
        assert project.findings == (*FINDINGS, "fracture")
        assert project.salt == salt
        assert project.get_meta("reader") == "Zoë"
        assert project.get_meta("nothing", "default") == "default"
        assert not project.is_phantom
        assert project.url.startswith("sqlite:///")
    # Closed, everything is in one file that can be copied.
    assert sorted(fingerprint(folder)) == ["project.db"]


def test_what_the_store_keeps_for_itself_is_not_overwritten(tmp_path: Path) -> None:
    with make_project(tmp_path / "p") as project:
        for key in ("salt", "schema"):
            with pytest.raises(ValueError, match=key):
                project.set_meta(key, "x")
        with pytest.raises(KnownError, match="needs a name"):
            project.add_findings(["  "])
    with pytest.raises(KnownError, match="already a project"):
        Project.create(tmp_path / "p", findings=())


def test_two_projects_have_two_salts(tmp_path: Path) -> None:
    with make_project(tmp_path / "a") as a, make_project(tmp_path / "b") as b:
        assert a.salt != b.salt


def test_a_creation_that_was_killed_does_not_stand_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "project.db.new").write_bytes(b"half")
    (tmp_path / "project.db.new-wal").write_bytes(b"half")
    with pytest.raises(KnownError, match="no WSL Studio project"):
        Project.open(tmp_path)
    Project.create(tmp_path, findings=FINDINGS).close()
    assert sorted(fingerprint(tmp_path)) == ["project.db"]


def test_a_second_window_is_told_where_the_first_one_is(tmp_path: Path) -> None:
    with make_project(tmp_path / "p") as project:
        with pytest.raises(KnownError, match=rf"open in another window \(process {os.getpid()} "):
            Project.open(project.folder)
        with pytest.raises(KnownError, match="open in another window"):
            Project.create(project.folder, findings=())
        with Project.open(project.folder, is_read_only=True) as reader:
            assert reader.findings == FINDINGS
        project.append(say())
    with Project.open(tmp_path / "p") as project:
        assert project.revision() == 1


def test_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    program = (
        "import sys; from pathlib import Path; from wsl_studio.store.lock import FileLock\n"
        "lock = FileLock(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    )
    assert not is_held(path)
    command = [sys.executable, "-c", program, str(path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"held"
        assert is_held(path)
        assert holder(path).startswith(f"process {process.pid} on host ")
        with pytest.raises(LockedError):
            FileLock(path, wait_s=0.0)
        process.kill()
        process.wait(30)
    assert not is_held(path)
    with FileLock(path) as lock:
        assert is_held(path)
        assert holder(path).startswith(f"process {os.getpid()} ")
        lock.release()
        assert not is_held(path)


def make_foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE meta (key TEXT, value TEXT)")
        connection.commit()


def make_newer(path: Path) -> None:
    make_project(path.parent).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


def make_damaged(path: Path) -> None:
    """Wrecks the inside of the file, behind the first page, as a failing disk does."""
    make_project(path.parent, 1).close()
    data = bytearray(path.read_bytes())
    data[4096 + 100 :] = b"\xa5" * (len(data) - 4096 - 100)
    path.write_bytes(data)


def make_truncated(path: Path) -> None:
    make_project(path.parent, 1).close()
    path.write_bytes(path.read_bytes()[:5000])


def make_emptied(path: Path) -> None:
    """A table that went missing: ours by its header, but not whole."""
    make_project(path.parent, 1).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE alembic_version")
        connection.commit()


@pytest.mark.parametrize("is_read_only", [False, True])
@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (make_foreign, "is not a WSL Studio project"),
        (lambda path: path.write_bytes(b"not a database, but long enough" * 10), "is not a WSL"),
        (lambda path: path.write_bytes(b""), "is not a WSL Studio project"),
        (make_newer, "was made by a newer WSL Studio"),
        (make_damaged, "is damaged"),
        (make_truncated, "is damaged"),
        (make_emptied, "is damaged"),
    ],
    ids=["foreign", "text", "empty", "newer", "damaged", "truncated", "a table missing"],
)
def test_a_file_that_is_not_a_sound_project_is_named_and_left_as_it_is(
    tmp_path: Path, make: object, sentence: str, is_read_only: bool
) -> None:
    assert callable(make)
    make(tmp_path / "project.db")
    before = fingerprint(tmp_path)
    with pytest.raises(KnownError, match=sentence) as caught:
        Project.open(tmp_path, is_read_only=is_read_only)
    assert "project.db" in caught.value.sentence
    assert caught.value.advice
    assert fingerprint(tmp_path) == before
    # The lock was let go, so that a repaired file opens in the same window.
    assert not is_held(tmp_path / "lock")


def test_damage_where_only_slices_lie_is_said_when_they_are_read(tmp_path: Path) -> None:
    with make_project(tmp_path, 0) as project:
        project.add_series([make_series(0, n=3000)])
        row = project.append(say())
        with project._database.read() as connection:
            sealed = connection.execute(sa.select(schema.SLICES.c.refs)).scalar_one()
    path = tmp_path / "project.db"
    data = bytearray(path.read_bytes())
    half = len(sealed) // 2
    at = data.rindex(sealed[half : half + 16]) // 4096 * 4096
    data[at : at + 4] = b"\xff\xff\xff\xff"  # the link to the next page of the text
    path.write_bytes(data)
    with Project.open(tmp_path) as project:
        assert project.rows() == (row,)
        with pytest.raises(KnownError, match=r"project\.db is damaged"):
            project.series_of("1.2.0")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_said_in_a_sentence(tmp_path: Path) -> None:
    make_project(tmp_path / "p").close()
    (tmp_path / "p" / "lock").unlink()
    (tmp_path / "p").chmod(0o500)
    try:
        with pytest.raises(KnownError, match="can't be written to"):
            Project.open(tmp_path / "p")
        with pytest.raises(KnownError, match="can't be made"):
            Project.create(tmp_path / "p" / "new", findings=())
        with Project.open(tmp_path / "p", is_read_only=True) as project:
            assert project.findings == FINDINGS
    finally:
        (tmp_path / "p").chmod(0o700)


def test_a_folder_that_can_not_be_made_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(KnownError, match="can't be made"):
        Project.create(tmp_path / "file" / "p", findings=())
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "lock").mkdir()
    with pytest.raises(KnownError, match="can't be written to"):
        Project.create(tmp_path / "p", findings=())


def test_the_migrations_make_the_tables_that_the_code_uses(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with (
        make_project(tmp_path / "p") as project,
        project._database.read() as connection,
    ):
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.METADATA) == []
        assert context.get_current_revision() == schema.REVISIONS[-1]
        columns = sa.inspect(connection).get_columns("current_label")
        assert [column["name"] for column in columns] == list(schema.JOURNAL.c.keys())


def test_a_project_from_before_areas_opens_with_its_labels(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    with make_project(folder) as project:
        rows = project.append_many([say(), say(1)])
    as_first_version_left_it(folder / "project.db")
    with Project.open(folder) as project:
        assert project.rows() == project.current() == rows
        said = project.append(say(area=0.02))
        assert project.current() == (rows[1], said)
    assert (folder / "project.db.before-0001").exists()


STEP = f"""
from alembic import op

revision = "9999"
down_revision = "{schema.REVISIONS[-1]}"


def upgrade():
    op.execute("ALTER TABLE series ADD COLUMN colour TEXT")
    op.execute("INSERT INTO meta (key, value) VALUES ('step', 'two')")
"""
COPY = f"project.db.before-{schema.REVISIONS[-1]}"
FAILS = STEP + '    op.execute("SELECT * FROM no_such_table")\n'
ORPHANS = STEP + (
    "    op.execute(\"INSERT INTO truth VALUES ('no series', 'no finding', 'x', 1)\")\n"
)


def steps_with(folder: Path, step: str) -> Path:
    """The real steps and one more, in a folder whose name alembic could trip over."""
    scripts = folder / "100%s steps"
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(migrate.__file__).parent / "migrations", scripts, ignore=ignore)
    (scripts / "versions" / "m9999_test.py").write_text(step)
    return scripts


def test_an_older_project_is_copied_and_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "p"
    with make_project(folder) as project:
        row = project.append(say())
    before = fingerprint(folder)
    monkeypatch.setattr(migrate, "_SCRIPTS", steps_with(tmp_path, STEP))
    newer = (*schema.REVISIONS, "9999")
    monkeypatch.setattr(migrate, "REVISIONS", newer)
    monkeypatch.setattr("wsl_studio.store.project.REVISIONS", newer)
    with pytest.raises(KnownError, match="made by an older WSL Studio"):
        Project.open(folder, is_read_only=True)
    assert fingerprint(folder) == before
    with Project.open(folder) as project:
        assert project.rows() == (row,)
        assert project.get_meta("step") == "two"
    with Project.open(folder) as project:
        assert project.get_meta("step") == "two"
    assert sorted(fingerprint(folder)) == ["project.db", COPY]
    copy = tmp_path / "copy"
    copy.mkdir()
    shutil.copy(folder / COPY, copy / "project.db")
    monkeypatch.undo()
    with Project.open(copy) as project:
        assert project.rows() == (row,)
        assert project.get_meta("step") == ""


@pytest.mark.parametrize("step", [FAILS, ORPHANS], ids=["fails", "leaves orphans"])
def test_a_step_that_fails_changes_nothing(
    tmp_path: Path,
    step: str,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "p"
    with make_project(folder) as project:
        row = project.append(say())
    before = fingerprint(folder)["project.db"]
    monkeypatch.setattr(migrate, "_SCRIPTS", steps_with(tmp_path, step))
    for copies in (
        [COPY],
        [COPY, f"{COPY}-2"],
    ):
        with pytest.raises(KnownError, match=r"project\.db could not be brought up to date"):
            migrate.upgrade(folder / "project.db", schema.REVISIONS[-1])
        assert sorted(fingerprint(folder)) == ["project.db", *copies]
        assert fingerprint(folder)["project.db"] == before
    assert "a migration step failed" in caplog.text
    with Project.open(folder) as project:
        assert project.rows() == (row,)


def test_opening_needs_neither_alembic_nor_torch_nor_pydicom(tmp_path: Path) -> None:
    make_project(tmp_path).close()
    program = (
        "import sys; from pathlib import Path; from wsl_studio.store.project import Project\n"
        "with Project.open(Path(sys.argv[1])) as p: print(','.join(p.findings))\n"
        "loaded = {'alembic', 'torch', 'pydicom', 'safetensors', 'PySide6'} & set(sys.modules)\n"
        "sys.exit(f'loaded {loaded}' if loaded else 0)"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ",".join(FINDINGS)
