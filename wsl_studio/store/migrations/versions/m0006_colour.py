"""A picture file says whether it is in colour: colour pictures have other defaults."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Known pictures pass for grey, as they did, until their folder is imported again."""
    op.execute("ALTER TABLE series ADD COLUMN is_colour BOOLEAN NOT NULL DEFAULT 0")
