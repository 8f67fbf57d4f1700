"""A journal that also holds changes of the findings and the policy, batches, and second readings.

SQLite can't take NOT NULL from a column, so the journal is copied row by row into a new table;
the file was copied before, and all of it is one transaction.
"""

from alembic import op

from wsl_studio.store.migrations.versions.m0001_first import APPEND_ONLY, CURRENT_LABEL

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OLD = (
    "id, created, act, series_uid, reader, finding, level, answer, confidence, first_slice, "
    "last_slice, x0, y0, x1, y1, refers_to, saw_model, source, round, reason, area, points"
)

JOURNAL = """
CREATE TABLE journal_new (
    id INTEGER NOT NULL PRIMARY KEY,
    created TEXT NOT NULL,
    act TEXT NOT NULL,
    series_uid TEXT REFERENCES series (uid),
    reader TEXT NOT NULL,
    finding TEXT REFERENCES finding (name),
    level TEXT NOT NULL,
    answer TEXT,
    confidence FLOAT NOT NULL,
    first_slice INTEGER, last_slice INTEGER,
    x0 FLOAT, y0 FLOAT, x1 FLOAT, y1 FLOAT,
    refers_to INTEGER,
    saw_model BOOLEAN NOT NULL,
    source TEXT NOT NULL,
    round INTEGER NOT NULL,
    reason TEXT NOT NULL,
    area FLOAT CHECK (area > 0 AND area <= 1),
    points TEXT,
    batch INTEGER NOT NULL DEFAULT 0,
    detail TEXT NOT NULL DEFAULT '',
    reading INTEGER NOT NULL DEFAULT 1,
    is_control BOOLEAN NOT NULL DEFAULT 0,
    CONSTRAINT confidence_range CHECK (confidence > 0 AND confidence <= 1),
    CONSTRAINT journal_of_series UNIQUE (series_uid, id),
    CONSTRAINT refers_to_row FOREIGN KEY (series_uid, refers_to)
        REFERENCES journal (series_uid, id)
)
"""

VIEW = (
    CURRENT_LABEL.replace(
        "j.reason", "j.reason, j.area, j.points, j.batch, j.detail, j.reading, j.is_control"
    )
    .replace("WHERE j.act = 'say'", "WHERE j.act = 'say' AND NOT j.is_control")
    .replace("j.level <> 'series'", "j.level NOT IN ('series', 'study')")
    .replace(
        "AND k.level = 'series'",
        "AND NOT k.is_control AND k.level = j.level AND k.reading = j.reading",
    )
)


def upgrade() -> None:
    """Copies the journal into its new table and makes view and triggers anew."""
    op.execute("ALTER TABLE finding ADD COLUMN since INTEGER NOT NULL DEFAULT 0")
    op.execute("ALTER TABLE series ADD COLUMN accession_key TEXT NOT NULL DEFAULT ''")
    op.execute("DROP VIEW current_label")
    op.execute(JOURNAL)
    op.execute(f"INSERT INTO journal_new ({OLD}) SELECT {OLD} FROM journal ORDER BY id")
    op.execute("DROP TABLE journal")
    op.execute("ALTER TABLE journal_new RENAME TO journal")
    op.create_index("ix_journal_refers_to", "journal", ["refers_to"])
    op.execute(VIEW)
    for event in ("UPDATE", "DELETE"):
        op.execute(APPEND_ONLY.format(event))
