"""The first project.db: series, findings, the append-only journal and its view, split, truth."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STANDS = """coalesce((
        SELECT u{0}.act FROM journal AS u{0}
        WHERE u{0}.refers_to = {0}.id AND u{0}.act IN ('undo', 'redo')
        ORDER BY u{0}.id DESC LIMIT 1
    ), 'redo') = 'redo'"""
"""A row stands unless its last UNDO or REDO is an UNDO (domain.label.effective_rows)."""

COLUMNS = (
    "id, created, act, series_uid, reader, finding, level, answer, confidence, first_slice, "
    "last_slice, x0, y0, x1, y1, refers_to, saw_model, source, round, reason"
)

# Correlated on purpose: asked for one series, every part is found through an index.
CURRENT_LABEL = f"""
CREATE VIEW current_label AS
SELECT {", ".join(f"j.{name}" for name in COLUMNS.split(", "))}
FROM journal AS j
WHERE j.act = 'say'
    AND {STANDS.format("j")}
    AND NOT EXISTS (
        SELECT 1 FROM journal AS r
        WHERE r.refers_to = j.id AND r.act = 'remove'
            AND {STANDS.format("r")}
    )
    AND (j.level <> 'series' OR NOT EXISTS (
        SELECT 1 FROM journal AS k
        WHERE k.series_uid = j.series_uid AND k.id > j.id AND k.act = 'say'
            AND k.level = 'series' AND k.finding = j.finding AND k.reader = j.reader
            AND {STANDS.format("k")}
    ))
"""

APPEND_ONLY = """
CREATE TRIGGER journal_{0} BEFORE {0} ON journal
BEGIN SELECT raise(ABORT, 'the journal is append-only'); END
"""


def upgrade() -> None:
    """Makes everything; a new project goes through here too."""
    op.create_table(
        "meta",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "finding",
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False, unique=True),
    )
    _create_series()
    _create_journal()
    op.create_table(
        "split",
        sa.Column("patient_key", sa.Text, primary_key=True),
        sa.Column("part", sa.Text, nullable=False),
        sa.CheckConstraint("part IN ('train', 'validation', 'test')", name="part_known"),
    )
    op.create_table(
        "truth",
        sa.Column("series_uid", sa.Text, sa.ForeignKey("series.uid"), primary_key=True),
        sa.Column("finding", sa.Text, sa.ForeignKey("finding.name"), primary_key=True),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("is_present", sa.Boolean),
    )


def _create_series() -> None:
    op.create_table(
        "series",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("uid", sa.Text, nullable=False, unique=True),
        sa.Column("stem", sa.Text, nullable=False),
        sa.Column("patient_key", sa.Text, nullable=False),
        sa.Column("given_patient_key", sa.Text),
        sa.Column("study_key", sa.Text, nullable=False),
        sa.Column("modality", sa.Text, nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("columns", sa.Integer, nullable=False),
        sa.Column("n_slices", sa.Integer, nullable=False),
        sa.Column("geometry", sa.Text),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("is_phantom", sa.Boolean, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
    )
    op.create_index("ix_series_stem", "series", ["stem"])
    op.create_table(
        "slices",
        sa.Column(
            "series_number",
            sa.Integer,
            sa.ForeignKey("series.number"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("refs", sa.Text, nullable=False),
    )
    op.create_table(
        "passed_over",
        sa.Column("path", sa.Text, primary_key=True),
        sa.Column("reason", sa.Text, nullable=False),
    )


def _create_journal() -> None:
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("created", sa.Text, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("series_uid", sa.Text, sa.ForeignKey("series.uid"), nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("finding", sa.Text, sa.ForeignKey("finding.name")),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("answer", sa.Text),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("first_slice", sa.Integer),
        sa.Column("last_slice", sa.Integer),
        sa.Column("x0", sa.Float),
        sa.Column("y0", sa.Float),
        sa.Column("x1", sa.Float),
        sa.Column("y1", sa.Float),
        sa.Column("refers_to", sa.Integer),
        sa.Column("saw_model", sa.Boolean, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.CheckConstraint("confidence > 0 AND confidence <= 1", name="confidence_range"),
        sa.UniqueConstraint("series_uid", "id", name="journal_of_series"),
        sa.ForeignKeyConstraint(
            ["series_uid", "refers_to"],
            ["journal.series_uid", "journal.id"],
            name="refers_to_row",
        ),
    )
    op.create_index("ix_journal_refers_to", "journal", ["refers_to"])
    op.execute(CURRENT_LABEL)
    for event in ("UPDATE", "DELETE"):
        op.execute(APPEND_ONLY.format(event))
