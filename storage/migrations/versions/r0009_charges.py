"""What was handed to back-ends that charge for it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "charges",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("draw_id", sa.BigInteger(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("try", sa.Integer(), nullable=False),
        sa.Column("account", sa.BigInteger(), nullable=False),
        sa.Column("model", sa.Text(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_charges_draw_id_attempt_try", "charges", ["draw_id", "attempt", "try"], unique=True)
    op.create_index(
        "ix_charges_counted",
        "charges",
        ["at", "account", "amount", "state"],
        sqlite_where=sa.text("state <> 'free'"),
        postgresql_where=sa.text("state <> 'free'"),
    )


def downgrade() -> None:
    op.drop_table("charges")
