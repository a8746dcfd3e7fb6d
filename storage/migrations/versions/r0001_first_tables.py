"""The first tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True)


def _where(condition: str) -> dict[str, Any]:  # Any: the dialects' own keywords
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    op.create_table(
        "chats",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("dead_reason", sa.Text()),
        sa.PrimaryKeyConstraint("chat_id", name="pk_chats"),
    )
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("lane", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("received_at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("update_id", name="pk_inbox"),
    )
    op.create_table(
        "requests",
        sa.Column("id", ID, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_kind", sa.String(length=16), nullable=False),
        sa.Column("topic_id", sa.BigInteger()),
        sa.Column("reply_to", sa.BigInteger()),
        sa.Column("requester_id", sa.BigInteger(), nullable=False),
        sa.Column("parent_id", ID),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("full_prompt", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("placeholder", sa.String(length=16), nullable=False),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("message_kind", sa.String(length=16)),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("asked_at", UTC, nullable=False),
        sa.Column("accepted_at", UTC, nullable=False),
        sa.Column("finished_at", UTC),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["requests.id"], name="fk_requests_parent_id_requests", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_requests"),
        sa.UniqueConstraint("source", name="uq_requests_source"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_requests_chat_id_message_id", "requests", ["chat_id", "message_id"])
    op.create_index("ix_requests_finished_at", "requests", ["finished_at"], **_where("finished_at IS NOT NULL"))
    op.create_index("ix_requests_open", "requests", ["requester_id", "id"], **_where("finished_at IS NULL"))
    op.create_index("ix_requests_parent_id", "requests", ["parent_id"])
    op.create_index("ix_requests_requester_id_accepted_at", "requests", ["requester_id", "accepted_at"])
    op.create_table(
        "users",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("language", sa.String(length=16)),
        sa.Column("model", sa.Text()),
        sa.Column("aspect_ratio", sa.Text()),
        sa.Column("steps", sa.Integer()),
        sa.Column("guidance_scale", sa.Float()),
        sa.Column("negative_prompt", sa.Text()),
        sa.Column("seed", sa.BigInteger()),
        sa.Column("count", sa.Integer(), server_default="1", nullable=False),
        sa.Column("as_document", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("last_served", UTC),
        sa.PrimaryKeyConstraint("user_id", name="pk_users"),
    )
    op.create_table(
        "draws",
        sa.Column("id", ID, nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("requester_id", sa.BigInteger(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.Text()),
        sa.Column("error", sa.Text()),
        sa.Column("started_at", UTC),
        sa.Column("finished_at", UTC),
        sa.ForeignKeyConstraint(
            ["request_id"], ["requests.id"], name="fk_draws_request_id_requests", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_draws"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_draws_drawing", "draws", ["requester_id", "model"], **_where("state = 'drawing'"))
    op.create_index("ix_draws_request_id_ordinal", "draws", ["request_id", "ordinal"], unique=True)
    op.create_index("ix_draws_waiting", "draws", ["model", "requester_id", "id"], **_where("state = 'waiting'"))
    op.create_table(
        "pictures",
        sa.Column("id", ID, nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("draw_id", ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("mime", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Text()),
        sa.Column("thumbnail", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["draw_id"], ["draws.id"], name="fk_pictures_draw_id_draws", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["requests.id"], name="fk_pictures_request_id_requests", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pictures"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_pictures_draw_id_ordinal", "pictures", ["draw_id", "ordinal"], unique=True)
    op.create_index("ix_pictures_request_id", "pictures", ["request_id"])
    op.create_table(
        "blobs",
        sa.Column("picture_id", ID, autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", UTC),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["pictures.id"], name="fk_blobs_picture_id_pictures", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("picture_id", name="pk_blobs"),
    )
    op.create_index("ix_blobs_expires_at", "blobs", ["expires_at"], **_where("expires_at IS NOT NULL"))


def downgrade() -> None:
    for table in ("blobs", "pictures", "draws", "users", "requests", "inbox", "chats"):
        op.drop_table(table)
