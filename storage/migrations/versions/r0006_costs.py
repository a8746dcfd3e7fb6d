"""The cost of each draw."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("draws", sa.Column("cost", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("draws", sa.Column("reserved_at", sa.DateTime(timezone=True)))
    op.create_index(
        "ix_draws_paid",
        "draws",
        ["reserved_at", "requester_id", "state", "cost", "id"],
        sqlite_where=sa.text("cost > 0"),
        postgresql_where=sa.text("cost > 0"),
    )


def downgrade() -> None:
    op.drop_index("ix_draws_paid", "draws")
    op.drop_column("draws", "reserved_at")
    op.drop_column("draws", "cost")
