"""The tables of project.db as they are now; how older files get there is in ``migrations``.

The slices of a series are one JSON text in a table of their own: they are only ever read and
written whole, 1,000 series x 300 slices are 1,000 rows to write instead of 300,000, and a list of
series touches none of them.
"""

from typing import Final

import sqlalchemy as sa

SCHEMA: Final = "wsl-studio"
"""Value of ``meta.schema`` in every project."""

APPLICATION_ID: Final = 0x57534C53
"""``WSLS`` in ASCII, at byte 68 of the file: what ``file`` and we know a project by."""

REVISIONS: Final = ("0001", "0002", "0003", "0004", "0005", "0006")
"""Every revision this program knows, oldest first; a file at any other one is newer."""

METADATA: Final = sa.MetaData()

META: Final = sa.Table(
    "meta",
    METADATA,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

FINDING: Final = sa.Table(
    "finding",
    METADATA,
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    # The first name, under which the journal keeps labels; later names are in SCHEMA rows of it.
    sa.Column("name", sa.Text, nullable=False, unique=True),
    # Number of the SCHEMA row that brought it; 0 from the start or with imported labels.
    sa.Column("since", sa.Integer, nullable=False, server_default="0"),
)

SERIES: Final = sa.Table(
    "series",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("uid", sa.Text, nullable=False, unique=True),
    sa.Column("stem", sa.Text, nullable=False, index=True),
    sa.Column("patient_key", sa.Text, nullable=False),
    # The group a labels file gave; kept apart so that importing the images again can't undo it.
    sa.Column("given_patient_key", sa.Text),
    sa.Column("study_key", sa.Text, nullable=False),
    sa.Column("accession_key", sa.Text, nullable=False, server_default=""),
    sa.Column("modality", sa.Text, nullable=False),
    sa.Column("rows", sa.Integer, nullable=False),
    sa.Column("columns", sa.Integer, nullable=False),
    sa.Column("n_slices", sa.Integer, nullable=False),
    sa.Column("geometry", sa.Text),
    sa.Column("notes", sa.Text, nullable=False),
    sa.Column("is_phantom", sa.Boolean, nullable=False),
    sa.Column("is_colour", sa.Boolean, nullable=False, server_default="0"),
)

SLICES: Final = sa.Table(
    "slices",
    METADATA,
    sa.Column(
        "series_number",
        sa.Integer,
        sa.ForeignKey("series.number"),
        primary_key=True,
        autoincrement=False,
    ),
    # The seal (``store.places``) that closed what follows: every computer has a row of its own.
    sa.Column("seal", sa.Text, primary_key=True),
    # Of the series as imported, slices included: tells an unchanged one without reading it.
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("refs", sa.LargeBinary, nullable=False),
)

PASSED_OVER: Final = sa.Table(
    "passed_over",
    METADATA,
    sa.Column("seal", sa.Text, primary_key=True),
    sa.Column("path", sa.LargeBinary, primary_key=True),
    sa.Column("reason", sa.Text, nullable=False),
)

JOURNAL: Final = sa.Table(
    "journal",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("created", sa.Text, nullable=False),
    sa.Column("act", sa.Text, nullable=False),
    # NULL: about the whole project (its findings, its policy).
    sa.Column("series_uid", sa.Text, sa.ForeignKey("series.uid")),
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
    sa.Column("refers_to", sa.Integer, index=True),
    sa.Column("saw_model", sa.Boolean, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("area", sa.Float),
    sa.Column("points", sa.Text),  # JSON [[x, y], ...]: only ever read and written whole
    sa.Column("batch", sa.Integer, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("reading", sa.Integer, nullable=False),
    sa.Column("is_control", sa.Boolean, nullable=False),
    sa.CheckConstraint("confidence > 0 AND confidence <= 1", name="confidence_range"),
    # Serves reading one series, and the foreign key below.
    sa.UniqueConstraint("series_uid", "id", name="journal_of_series"),
    # A row refers to a row of its own series, so one series can be read without the others.
    sa.ForeignKeyConstraint(
        ["series_uid", "refers_to"], ["journal.series_uid", "journal.id"], name="refers_to_row"
    ),
)

CURRENT_LABEL: Final = sa.table(
    "current_label", *(sa.column(column.name, column.type) for column in JOURNAL.c)
)
"""View: the SAY rows that hold now; the same rule as ``domain.label.current_labels``."""

SPLIT: Final = sa.Table(
    "split",
    METADATA,
    sa.Column("patient_key", sa.Text, primary_key=True),
    sa.Column("part", sa.Text, nullable=False),
    sa.CheckConstraint("part IN ('train', 'validation', 'test')", name="part_known"),
)

TRUTH: Final = sa.Table(
    "truth",
    METADATA,
    sa.Column("series_uid", sa.Text, sa.ForeignKey("series.uid"), primary_key=True),
    sa.Column("finding", sa.Text, sa.ForeignKey("finding.name"), primary_key=True),
    sa.Column("seal", sa.Text, primary_key=True),
    sa.Column("path", sa.LargeBinary, nullable=False),
    # NULL: the mask says where the finding is, if it is there; not whether.
    sa.Column("is_present", sa.Boolean),
)
