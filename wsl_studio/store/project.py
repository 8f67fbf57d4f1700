"""A project folder, open: the one door to its series, its journal, its split and its rounds."""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.evidence import Evidence
from wsl_studio.domain.findings import LabelSchema, check_change, names_ever
from wsl_studio.domain.label import Entry, Row
from wsl_studio.domain.progress import Steps, drain
from wsl_studio.domain.round import Manifest, Metrics, Score, Split
from wsl_studio.domain.series import PassedOver, Series
from wsl_studio.store import findings as finding_table
from wsl_studio.store import journal, migrate
from wsl_studio.store import rounds as round_files
from wsl_studio.store import series as series_table
from wsl_studio.store import split as split_table
from wsl_studio.store.database import Database
from wsl_studio.store.lock import FileLock, lock_folder
from wsl_studio.store.places import Seal, seal_of
from wsl_studio.store.schema import META, REVISIONS
from wsl_studio.store.series import Listed

FILE = "project.db"
_OWN_META = frozenset({"schema", "salt", "name", "created"})


class Project:
    """An open project folder; make one with ``create`` or ``open``, close it with ``close``.

    Everything that writes is on disk when it returns, in one transaction that holds whole or
    not at all. Reading is safe from any thread; only one process writes, and it holds the lock
    of the folder as long as it lives.

    Raises:
        KnownError: From every method, if the disk or the file fails; what was saved stays.
    """

    def __init__(self, folder: Path, database: Database, lock: FileLock | None) -> None:
        self.folder = folder
        self._database = database
        self._lock = lock

    @classmethod
    def create(cls, folder: Path, *, findings: Sequence[str], name: str = "") -> "Project":
        """Makes a project in a folder, which may exist and hold other things, and opens it.

        Raises:
            KnownError: If it holds a project already, can't be written, or a finding has no name.
        """
        names = finding_table.clean(findings)
        folder = Path(folder).absolute()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise KnownError(
                f"The folder {folder} can't be made.", "Choose a place where you may write."
            ) from error
        lock = lock_folder(folder)
        try:
            if (folder / FILE).exists():
                raise KnownError(
                    f"There is already a project in {folder}.", "Open it, or choose a new folder."
                )
            meta = {
                "salt": secrets.token_hex(16),
                "name": name or folder.name,
                "created": datetime.now(UTC).isoformat(timespec="seconds"),
            }
            try:
                migrate.create(folder / FILE, meta=meta, findings=names)
            except OSError as error:
                raise KnownError(
                    f"The project in {folder} can't be made.",
                    "The disk may be full or read-only; make room or choose another one.",
                ) from error
            return cls(folder, Database(folder / FILE), lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(cls, folder: Path, *, is_read_only: bool = False) -> "Project":
        """Opens the project in a folder; an older one is brought up to date after a copy.

        Args:
            folder: Holds project.db.
            is_read_only: Needs no lock, can be many at once beside a writer, and can't write.

        Raises:
            KnownError: If there is none, it is open elsewhere for writing, or its file is foreign,
                newer or damaged; then the file is left as it is.
        """
        folder = Path(folder).absolute()
        path = folder / FILE
        migrate.check_header(path)  # before the lock leaves a file in a folder that isn't ours
        lock = None if is_read_only else lock_folder(folder)
        try:
            revision = migrate.inspect(path)
            if revision != REVISIONS[-1]:
                if is_read_only:
                    raise KnownError(
                        f"{path} was made by an older WSL Studio.",
                        "Open it once in the window, which brings it up to date after a copy.",
                    )
                migrate.upgrade(path, revision)
            return cls(folder, Database(path, is_read_only=is_read_only), lock)
        except BaseException:
            if lock is not None:
                lock.release()
            raise

    def close(self) -> None:
        """Closes the file and lets the lock go; again is harmless."""
        self._database.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> "Project":
        return self

    def __exit__(self, *_trouble: object) -> None:
        self.close()

    # What the project is

    @property
    def is_read_only(self) -> bool:
        """True if this opening can't write."""
        return self._database.is_read_only

    @property
    def url(self) -> str:
        """SQLAlchemy URL of the database."""
        return self._database.url

    @property
    def name(self) -> str:
        """Name of the project."""
        return self.get_meta("name")

    @property
    def salt(self) -> bytes:
        """16 random bytes of this project; patient and study keys are hashed with them."""
        return bytes.fromhex(self.get_meta("salt"))

    @cached_property
    def _seal(self) -> Seal:
        return seal_of(self.salt)

    @property
    def is_phantom(self) -> bool:
        """True if this program made any of the images."""
        return series_table.has_phantoms(self._database)

    @property
    def findings(self) -> tuple[str, ...]:
        """Names of the findings that are labelled now, in order."""
        return self.schema().names

    def schema(self) -> LabelSchema:
        """The findings with everything said of them, removed ones included."""
        return finding_table.schema(self._database, self._about_all())

    def names(self) -> finding_table.Names:
        """What leads from any name of a finding to the one it has now."""
        return finding_table.names(self._database, self._about_all())

    def _about_all(self) -> tuple[Row, ...]:
        return journal.rows(self._database, series_uid="")

    def add_findings(self, names: Sequence[str]) -> tuple[str, ...]:
        """Adds findings that came with imported labels; see ``store.findings.add_imported``."""
        asked = finding_table.clean(names)
        return finding_table.add_imported(self._database, asked, self.names())

    def edit_schema(self, entry: Entry, schema: LabelSchema) -> Row:
        """Changes what is labelled; no label is touched, and undo brings the old schema back.

        Args:
            entry: A SCHEMA entry; its detail is filled in here.
            schema: What shall hold, with every finding there is or was.

        Raises:
            KnownError: If it takes a name that is another finding's.
        """
        ever = names_ever(self._about_all())
        whole = check_change(self.schema(), schema, ever)
        new = finding_table.unknown(self._database, (spec.id for spec in whole.findings))
        filled = entry.model_copy(update={"detail": whole.model_dump_json()})
        return journal.append(self._database, (filled,), new_findings=new)[0]

    def get_meta(self, key: str, default: str = "") -> str:
        """A text kept with the project."""
        query = sa.select(META.c.value).where(META.c.key == key)
        with self._database.read() as connection:
            found = connection.execute(query).scalar()
        return default if found is None else str(found)

    def set_meta(self, key: str, value: str) -> None:
        """Keeps a text with the project; ``ValueError`` for a key that the store itself keeps."""
        if key in _OWN_META:
            raise ValueError(f"{key} is fixed when the project is made")
        with self._database.write() as connection:
            connection.execute(sa.delete(META).where(META.c.key == key))
            connection.execute(sa.insert(META), {"key": key, "value": value})

    # Series

    def add_series(
        self, found: Iterable[Series], *, passed: Set[str] | None = None
    ) -> tuple[int, int]:
        """Adds or updates series by UID; a number stays for ever. See ``store.series.add``."""
        return series_table.add(self._database, self._seal, found, passed=passed)

    def series_list(self, uids: Collection[str] | None = None) -> Listed:
        """(number, series without its slices but with ``n_slices``) by number, of all or some."""
        return drain(series_table.list_steps(self._database, uids))

    def list_steps(self) -> Steps[Listed]:
        """``series_list`` with pauses, each with how many series there are in all."""
        return series_table.list_steps(self._database)

    def series(self) -> tuple[Series, ...]:
        """Every series with its slices by number; for workers, not for lists."""
        return series_table.whole(self._database, self._seal)

    def series_of(self, uid: str) -> Series:
        """One series with its slices; ``KeyError`` for an unknown UID."""
        found = series_table.whole(self._database, self._seal, uid)
        if not found:
            raise KeyError(uid)
        return found[0]

    def find_series(self, key: str) -> Series | None:
        """The series with this UID or file stem; ``KnownError`` if several share the stem."""
        uid = series_table.find(self._database, key)
        return None if uid is None else self.series_of(uid)

    def series_keys(self) -> dict[str, str]:
        """UID by UID and by unambiguous file stem: ``find_series`` for a whole file of labels."""
        return series_table.keys(self._database)

    def study_series(self) -> dict[str, tuple[str, ...]]:
        """UIDs of its series by the salted keys of a study. See ``store.series.by_study``."""
        return series_table.by_study(self._database)

    def add_passed_over(self, items: Iterable[PassedOver]) -> None:
        """Keeps why files were not taken, until an import takes them."""
        series_table.add_passed_over(self._database, self._seal, items)

    def passed_over(self) -> tuple[PassedOver, ...]:
        """Files that no import has taken, by path."""
        return series_table.passed_over(self._database, self._seal)

    def passed_paths(self) -> frozenset[str]:
        """Paths of the files that no import has taken."""
        return series_table.passed_paths(self._database, self._seal)

    def patient_keys(self) -> dict[str, str]:
        """Patient key by series UID."""
        return series_table.patient_keys(self._database)

    def set_patient_keys(self, groups: Mapping[str, str]) -> None:
        """Puts series into patient groups. See ``store.split.set_patient_keys``."""
        split_table.set_patient_keys(self._database, groups)

    # Journal

    def append(self, entry: Entry) -> Row:
        """Adds one row; it is on disk when this returns. See ``store.journal.append``."""
        return self.append_many((entry,))[0]

    def append_many(self, entries: Iterable[Entry], *, is_batch: bool = False) -> tuple[Row, ...]:
        """Adds rows in one transaction: all of them or none; a batch is undone as one."""
        known = self.names()
        kept = tuple(known.stored(entry) for entry in entries)
        rows = journal.append(self._database, kept, is_batch=is_batch)
        return tuple(known.shown(row) for row in rows)

    def rows(self, series_uid: str | None = None, *, after: int = 0) -> tuple[Row, ...]:
        """The journal in order, of one series or all, with numbers above ``after``.

        Findings stand under the names they have now.
        """
        found = journal.rows(self._database, series_uid=series_uid, after=after)
        return tuple(map(self.names().shown, found))

    def row_steps(self) -> Steps[tuple[Row, ...]]:
        """The whole journal with pauses; see ``rows``."""
        found = yield from journal.row_steps(self._database)
        return tuple(map(self.names().shown, found))

    def current(self, series_uid: str | None = None) -> tuple[Row, ...]:
        """The SAY rows that hold now, from the SQL view."""
        found = journal.current(self._database, series_uid=series_uid)
        return tuple(map(self.names().shown, found))

    def revision(self) -> int:
        """Number of the last journal row; 0 for none."""
        return journal.revision(self._database)

    # Split and truth

    def split(self) -> dict[str, Split]:
        """Part of the frozen split by patient key."""
        return split_table.read(self._database)

    def read_split_steps(self) -> Steps[dict[str, Split]]:
        """``split`` with pauses."""
        return split_table.read_steps(self._database)

    def series_split(self) -> dict[str, Split]:
        """Part of the frozen split by series UID."""
        return split_table.by_series(self._database)

    def has_split(self) -> bool:
        """True once any patient has a part."""
        return split_table.is_drawn(self._database)

    def extend_split(self, seed: int = 0) -> dict[str, Split]:
        """Draws the patients that have no part yet; returns the whole split by patient key."""
        return drain(self.split_steps(seed))

    def split_steps(self, seed: int = 0) -> Steps[dict[str, Split]]:
        """``extend_split`` with pauses; nothing else may be written before it has ended."""
        return split_table.extend_steps(self._database, seed)

    def fix_split(self, parts: Mapping[str, Split]) -> None:
        """Takes over a given split by patient key. See ``store.split.fix``."""
        split_table.fix(self._database, parts)

    def add_truth(self, series_uid: str, finding: str, path: Path, is_present: bool | None) -> None:
        """Keeps where the mask of a series and finding lies; for evaluation only.

        ``is_present`` is None where the mask says where the finding is but not whether.
        """
        self.add_truths(((series_uid, finding, path, is_present),))

    def add_truths(self, items: Iterable[split_table.Truth]) -> None:
        """``add_truth`` for many, in one transaction."""
        ids = self.names().ids
        kept = ((uid, ids.get(name, name), path, is_in) for uid, name, path, is_in in items)
        split_table.add_truth(self._database, self._seal, kept)

    def truth(self) -> dict[tuple[str, str], tuple[Path, bool | None]]:
        """(file of the mask, is present or None) by (series_uid, finding)."""
        now, found = self.names().of, split_table.truth(self._database, self._seal)
        return {(uid, now(name)): value for (uid, name), value in found.items()}

    # Rounds

    def rounds(self) -> tuple[int, ...]:
        """Numbers of the rounds, oldest first."""
        return round_files.rounds(self.folder)

    def round_dir(self, number: int) -> Path:
        """Folder of a round."""
        return round_files.round_dir(self.folder, number)

    def next_round_dir(self) -> Path:
        """Makes the folder of the next round; no number is ever used twice by the journal."""
        at_least = journal.last_round(self._database) + 1
        return round_files.make_round_dir(self.folder, at_least=at_least)

    def read_manifest(self, number: int) -> Manifest:
        """What a round is made from."""
        return round_files.read_manifest(self.round_dir(number))

    def write_manifest(self, manifest: Manifest) -> Path:
        """Writes the manifest into the folder of its round, and returns the folder."""
        path = self.round_dir(manifest.number)
        round_files.write_manifest(path, manifest)
        return path

    def read_metrics(self, number: int) -> Metrics | None:
        """Metrics of a round, or None before it is finished."""
        return round_files.read_metrics(self.round_dir(number))

    def read_scores(self, number: int) -> dict[str, dict[str, Score]]:
        """Score of a round by series and finding; empty before they are written."""
        now, found = self.names().of, round_files.read_scores(self.round_dir(number))
        return {uid: {now(name): s for name, s in of.items()} for uid, of in found.items()}

    def read_evidence(self, number: int, series_uid: str) -> dict[str, Evidence]:
        """Evidence of a round for one series by finding; empty where there is none."""
        now, found = self.names().of, round_files.read_evidence(self.round_dir(number), series_uid)
        return {now(name): evidence for name, evidence in found.items()}

    def read_features(self, number: int) -> dict[str, NDArray[np.float32]]:
        """Mean deep feature (D,) of a round by series; empty before they are written."""
        return round_files.read_features(self.round_dir(number))
