"""The history index, and the message that shows a single picture."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_index("ix_requests_requester_id_id", "requests", ["requester_id", "id"])
    op.add_column("pictures", sa.Column("full_chat_id", sa.BigInteger()))
    op.add_column("pictures", sa.Column("full_message_id", sa.BigInteger()))
    op.create_index("ix_pictures_full_chat_id_full_message_id", "pictures", ["full_chat_id", "full_message_id"])


def downgrade() -> None:
    op.drop_index("ix_pictures_full_chat_id_full_message_id", "pictures")
    op.drop_column("pictures", "full_message_id")
    op.drop_column("pictures", "full_chat_id")
    op.drop_index("ix_requests_requester_id_id", "requests")
