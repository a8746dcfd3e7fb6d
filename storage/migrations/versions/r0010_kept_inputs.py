"""Two settings of people, and what messages asked for that were answered with buttons."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("users", sa.Column("strength", sa.Float()))
    op.add_column("users", sa.Column("follow_up", sa.String(16)))
    op.create_table(
        "kept_inputs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("requester_id", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("source", name="uq_kept_inputs_source"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_kept_inputs_requester_id", "kept_inputs", ["requester_id"])
    op.create_index("ix_kept_inputs_kept_at", "kept_inputs", ["kept_at"])


def downgrade() -> None:
    op.drop_table("kept_inputs")
    op.drop_column("users", "follow_up")
    op.drop_column("users", "strength")
