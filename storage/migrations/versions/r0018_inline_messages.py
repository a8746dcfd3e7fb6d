"""Requests that are shown in a message sent through the bot, in a chat that it does not know."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("requests", sa.Column("inline_message_id", sa.Text(), nullable=True))
    op.create_index(
        "ix_requests_inline_message_id",
        "requests",
        ["inline_message_id"],
        sqlite_where=sa.text("inline_message_id IS NOT NULL"),
        postgresql_where=sa.text("inline_message_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_requests_inline_message_id", table_name="requests")
    op.drop_column("requests", "inline_message_id")
