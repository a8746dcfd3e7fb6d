"""Long texts that were handled lately, of which another part may still come."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "long_texts",
        sa.Column("lane", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply_to", sa.BigInteger()),
        sa.PrimaryKeyConstraint("lane", "chat_id", name="pk_long_texts"),
    )
    op.create_index("ix_long_texts_sent_at", "long_texts", ["sent_at"])


def downgrade() -> None:
    op.drop_table("long_texts")
