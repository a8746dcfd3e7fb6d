"""Presets, favourites, and draws of one request that differ in words or model."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("users", sa.Column("styles", sa.JSON()))
    op.add_column("draws", sa.Column("variant", sa.JSON()))
    op.add_column("draws", sa.Column("count", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("pictures", sa.Column("favourite", sa.Boolean(), nullable=False, server_default=sa.text("false")))
    op.create_index(
        "ix_pictures_favourite",
        "pictures",
        ["request_id"],
        sqlite_where=sa.text("favourite"),
        postgresql_where=sa.text("favourite"),
    )
    op.create_table(
        "presets",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("model", sa.Text()),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_presets_user_id_folded", "presets", ["user_id", "folded"], unique=True)


def downgrade() -> None:
    op.drop_table("presets")
    op.drop_index("ix_pictures_favourite", table_name="pictures")
    op.drop_column("pictures", "favourite")
    op.drop_column("draws", "count")
    op.drop_column("draws", "variant")
    op.drop_column("users", "styles")
