"""What a label may say besides: the area of a present finding, and points or a scribble on it."""

from alembic import op

from wsl_studio.store.migrations.versions.m0001_first import CURRENT_LABEL

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds two columns to the journal, empty in every row so far, and to the view."""
    op.execute("ALTER TABLE journal ADD COLUMN area FLOAT CHECK (area > 0 AND area <= 1)")
    op.execute("ALTER TABLE journal ADD COLUMN points TEXT")
    op.execute("DROP VIEW current_label")
    op.execute(CURRENT_LABEL.replace("j.reason", "j.reason, j.area, j.points"))
