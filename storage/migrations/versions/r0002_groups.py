"""Group settings, spoilers, and back-ends' adult-content flags."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "groups",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("language", sa.String(length=16)),
        sa.Column("default_model", sa.Text()),
        sa.Column("allowed_models", sa.JSON()),
        sa.Column("cooldown", sa.Integer(), server_default="0", nullable=False),
        sa.Column("who", sa.String(length=16), server_default="everyone", nullable=False),
        sa.Column("spoiler", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="pk_groups"),
    )
    op.add_column("users", sa.Column("spoiler", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("pictures", sa.Column("adult", sa.Boolean(), server_default=sa.text("false"), nullable=False))


def downgrade() -> None:
    op.drop_column("pictures", "adult")
    op.drop_column("users", "spoiler")
    op.drop_table("groups")
