"""Paths may name a patient: where files lie is sealed with the key of this computer."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from wsl_studio.store.places import seal_of

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SLICES = """
CREATE TABLE slices (
    series_number INTEGER NOT NULL REFERENCES series (number),
    seal TEXT NOT NULL,
    digest TEXT NOT NULL,
    refs BLOB NOT NULL,
    PRIMARY KEY (series_number, seal)
)
"""

PASSED_OVER = """
CREATE TABLE passed_over (
    seal TEXT NOT NULL, path BLOB NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (seal, path)
)
"""

TRUTH = """
CREATE TABLE truth (
    series_uid TEXT NOT NULL REFERENCES series (uid),
    finding TEXT NOT NULL REFERENCES finding (name),
    seal TEXT NOT NULL,
    path BLOB NOT NULL,
    is_present BOOLEAN,
    PRIMARY KEY (series_uid, finding, seal)
)
"""

OLD = {
    "slices": "SELECT s.series_number, n.digest, s.refs FROM slices AS s"
    " JOIN series AS n ON n.number = s.series_number",
    "passed_over": "SELECT path, reason FROM passed_over",
    "truth": "SELECT series_uid, finding, path, is_present FROM truth",
}


def upgrade() -> None:
    """Reads what lies open, makes the tables anew and puts it back sealed."""
    file = op.get_bind()
    kept = {table: file.execute(sa.text(query)).all() for table, query in OLD.items()}
    for table in OLD:
        op.execute(f"DROP TABLE {table}")
    for table in (SLICES, PASSED_OVER, TRUTH):
        op.execute(table)
    op.execute("ALTER TABLE series DROP COLUMN digest")
    if not any(kept.values()):
        return  # a new project, whose salt is not there yet
    salt = file.execute(sa.text("SELECT value FROM meta WHERE key = 'salt'")).scalar_one()
    seal = seal_of(bytes.fromhex(salt))
    sealed: dict[str, list[tuple[Any, ...]]] = {
        "slices": [(row[0], seal.name, row[1], seal.close(row[2])) for row in kept["slices"]],
        "passed_over": [(seal.name, seal.close(row[0]), row[1]) for row in kept["passed_over"]],
        "truth": [(row[0], row[1], seal.name, seal.close(row[2]), row[3]) for row in kept["truth"]],
    }
    for table, rows in sealed.items():
        for row in rows:
            marks = ", ".join("?" * len(row))
            file.exec_driver_sql(f"INSERT INTO {table} VALUES ({marks})", row)
