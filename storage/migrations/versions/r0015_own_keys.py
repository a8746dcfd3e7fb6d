"""Keys that people bring for themselves, and the draws that are made with them."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "own_keys",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("added_at", moment, nullable=False),
        sa.Column("refused_at", moment, nullable=True),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_own_keys_user_id_provider_origin", "own_keys", ["user_id", "provider", "origin"], unique=True)
    op.add_column("draws", sa.Column("own_key", sa.Boolean(), nullable=False, server_default=sa.text("false")))


def downgrade() -> None:
    op.drop_column("draws", "own_key")
    op.drop_table("own_keys")
