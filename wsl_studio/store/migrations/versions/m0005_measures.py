"""Measures are rows of the journal: a program that does not know them must refuse the file."""

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Changes no table: the number alone keeps older programs from reading such a row."""
