"""An area of a label: the share of a series that a present finding fills, as a reader says it."""

from alembic import op

from wsl_studio.store.migrations.versions.m0001_first import CURRENT_LABEL

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column to the journal, empty in every row so far, and to the view."""
    op.execute("ALTER TABLE journal ADD COLUMN area FLOAT CHECK (area > 0 AND area <= 1)")
    op.execute("DROP VIEW current_label")
    op.execute(CURRENT_LABEL.replace("j.reason", "j.reason, j.area"))
