"""What was drawn in place of a person's own words, and whether they are translated and enhanced."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("draws", sa.Column("words", sa.JSON(), nullable=True))
    op.add_column("users", sa.Column("translate", sa.Boolean(), nullable=False, server_default=sa.text("true")))
    op.add_column("users", sa.Column("enhance", sa.Boolean(), nullable=False, server_default=sa.text("false")))


def downgrade() -> None:
    op.drop_column("users", "enhance")
    op.drop_column("users", "translate")
    op.drop_column("draws", "words")
