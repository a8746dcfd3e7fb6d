"""The sheets beyond the first of a request with many pictures, and seeds of pictures that were drawn in one run."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "sheets",
        sa.Column("id", _ID, primary_key=True),
        sa.Column(
            "request_id",
            _ID,
            sa.ForeignKey("requests.id", ondelete="CASCADE", name="fk_sheets_request_id_requests"),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sheets_request_id_number", "sheets", ["request_id", "number"], unique=True)
    op.create_index("ix_sheets_chat_id_message_id", "sheets", ["chat_id", "message_id"])
    op.add_column("pictures", sa.Column("seed", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("pictures", "seed")
    op.drop_table("sheets")
