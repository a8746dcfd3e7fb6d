"""Several processes: heartbeats, owners of updates, and the shared rate limit."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "processes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("beat_at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_processes"),
        sqlite_autoincrement=True,
    )
    op.add_column("inbox", sa.Column("owner", sa.BigInteger()))
    op.create_table(
        "shared_secrets",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_shared_secrets"),
    )
    # Unlogged: written with every message, and worthless after a crash.
    unlogged = ["UNLOGGED"] if op.get_bind().dialect.name == "postgresql" else []
    op.create_table(
        "flood",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("due", sa.Double(), nullable=False),
        sa.Column("paused_until", sa.Double(), server_default="0", nullable=False),
        sa.Column("refused_at", sa.Double(), server_default="0", nullable=False),
        sa.Column("since", sa.Double(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_flood"),
        prefixes=unlogged,
    )


def downgrade() -> None:
    op.drop_table("flood")
    op.drop_table("shared_secrets")
    op.drop_column("inbox", "owner")
    op.drop_table("processes")
