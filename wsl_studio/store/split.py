"""The frozen split and the localization truth in project.db: what evaluation rests on."""

from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Final, cast

import sqlalchemy as sa

from wsl_studio.domain.errors import KnownError
from wsl_studio.domain.progress import Progress, Steps, drain
from wsl_studio.domain.round import Split
from wsl_studio.domain.split import draw_steps
from wsl_studio.store.database import Database
from wsl_studio.store.places import Seal
from wsl_studio.store.schema import SERIES, SPLIT, TRUTH
from wsl_studio.store.series import PATIENT_KEY

_BATCH: Final = 500
"""Patients that are written between two pauses: 3 ms."""

Truth = tuple[str, str, Path, bool | None]
"""(series_uid, finding, file of the mask, is present; None where the mask only says where)."""


def read(database: Database) -> dict[str, Split]:
    """Part of every patient that was drawn or fixed, by patient key."""
    return drain(read_steps(database))


def read_steps(database: Database) -> Steps[dict[str, Split]]:
    """``read`` with pauses."""
    with database.read() as connection:
        return (yield from _split_steps(connection))


def is_drawn(database: Database) -> bool:
    """True once any patient has a part."""
    with database.read() as connection:
        return connection.execute(sa.select(SPLIT.c.part).limit(1)).first() is not None


def extend_steps(database: Database, seed: int) -> Steps[dict[str, Split]]:
    """Draws the patients that have no part yet; those that have one keep it.

    One transaction from the first pause to the end: all patients get their parts, or none.

    Returns:
        The whole split.
    """
    with database.write() as connection:
        known = yield from _split_steps(connection)
        # By import, not by key: keys are salted, and a split by them would differ by project.
        query = sa.select(PATIENT_KEY).order_by(SERIES.c.number)
        patients: dict[str, None] = {}
        for i, key in enumerate(connection.execute(query).scalars()):
            if i % _BATCH == 0:
                yield Progress(0, 0)
            patients[str(key)] = None
        drawn = yield from draw_steps(tuple(patients), known=known, seed=seed)
        new = ((key, part) for key, part in drawn.items() if key not in known)
        while batch := dict(islice(new, _BATCH)):
            yield Progress(0, len(patients))
            _insert(connection, batch)
    return drawn


def fix(database: Database, parts: Mapping[str, Split]) -> None:
    """Takes over a split that a labels file gave, for patients that have none yet.

    Raises:
        KnownError: If it contradicts the split of the project; then nothing is changed.
    """
    with database.write() as connection:
        known = _split(connection)
        n = sum(1 for key, part in parts.items() if known.get(key, part) != part)
        if n:
            raise KnownError(
                f"The split in the file differs from that of this project for {n} patients; "
                "a split is fixed once, before the first label.",
                "Import the file into a new project, or leave its split column out.",
            )
        _insert(connection, {key: part for key, part in parts.items() if key not in known})


def set_patient_keys(database: Database, groups: Mapping[str, str]) -> None:
    """Puts series into the patient groups that a labels file gave, by series UID.

    A group that takes over a series whose patient has a part takes over the part too.

    Raises:
        ValueError: For an unknown series.
        KnownError: If the groups would move a patient to another part; then nothing is changed.
    """
    if not groups:
        return
    query = sa.select(SERIES.c.uid, PATIENT_KEY.label("patient_key"))
    with database.write() as connection:
        known = _split(connection)
        now = {row.uid: row.patient_key for row in connection.execute(query)}
        if unknown := set(groups) - set(now):
            raise ValueError(f"{len(unknown)} series are not in the project")
        split = dict(known)
        for uid, key in groups.items():
            part = known.get(now[uid])
            if part is not None and split.setdefault(key, part) != part:
                raise KnownError(
                    "The patient groups in the file contradict the split of this project, "
                    "which was fixed with the first label and stays as it is.",
                    "Import images and groups into a new project before the first label.",
                )
        connection.execute(
            sa.update(SERIES)
            .where(SERIES.c.uid == sa.bindparam("of"))
            .values(given_patient_key=sa.bindparam("group")),
            [{"of": uid, "group": key} for uid, key in groups.items()],
        )
        _insert(connection, {key: part for key, part in split.items() if key not in known})


def by_series(database: Database) -> dict[str, Split]:
    """Part of every series whose patient has one."""
    query = sa.select(SERIES.c.uid, SPLIT.c.part).join(SPLIT, SPLIT.c.patient_key == PATIENT_KEY)
    with database.read() as connection:
        return {row.uid: cast(Split, row.part) for row in connection.execute(query)}


def add_truth(database: Database, seal: Seal, items: Iterable[Truth]) -> None:
    """Keeps where localization truth lies; the last one for a series and finding holds.

    Raises:
        ValueError: If the project has no such series or finding.
    """
    values = [
        {
            "series_uid": uid,
            "finding": finding,
            "seal": seal.name,
            "path": seal.close(str(path)),
            "is_present": is_present,
        }
        for uid, finding, path, is_present in items
    ]
    if not values:
        return
    try:
        with database.write() as connection:
            connection.execute(sa.insert(TRUTH).prefix_with("OR REPLACE"), values)
    except sa.exc.IntegrityError as error:
        raise ValueError("truth is about a series and a finding of the project") from error


def truth(database: Database, seal: Seal) -> dict[tuple[str, str], tuple[Path, bool | None]]:
    """(file of the mask, is present) by (series_uid, finding); for evaluation only."""
    query = sa.select(TRUTH).where(TRUTH.c.seal == seal.name)
    with database.read() as connection:
        return {
            (row.series_uid, row.finding): (Path(seal.open(row.path)), row.is_present)
            for row in connection.execute(query)
        }


def _split(connection: sa.Connection) -> dict[str, Split]:
    return drain(_split_steps(connection))


def _split_steps(connection: sa.Connection) -> Steps[dict[str, Split]]:
    out: dict[str, Split] = {}
    for row in connection.execute(sa.select(SPLIT)):
        if len(out) % _BATCH == 0:
            yield Progress(len(out), 0)
        out[row.patient_key] = cast(Split, row.part)
    return out


def _insert(connection: sa.Connection, parts: Mapping[str, Split]) -> None:
    if parts:
        connection.execute(
            sa.insert(SPLIT), [{"patient_key": key, "part": part} for key, part in parts.items()]
        )
