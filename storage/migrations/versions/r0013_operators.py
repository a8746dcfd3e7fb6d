"""What operators decide: bans, own limits, switches, reports, broadcasts, alerts, and who did what."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _person(name: str = "user_id") -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), primary_key=True, autoincrement=False)


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "bans",
        _person(),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("until", moment, nullable=True),
        sa.Column("at", moment, nullable=False),
    )
    op.create_table(
        "allowances",
        _person(),
        sa.Column("exempt", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.Column("daily_limit", sa.Integer(), nullable=True),
        sa.Column("daily_cost", sa.BigInteger(), nullable=True),
    )
    op.create_table("usernames", _person(), sa.Column("name", sa.String(32), nullable=False))
    op.create_index("ix_usernames_name", "usernames", ["name"])
    op.create_table(
        "model_switches",
        sa.Column("model", sa.Text(), primary_key=True),
        sa.Column("sentence", sa.Text(), nullable=False),
    )
    op.create_table(
        "maintenance",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("sentence", sa.Text(), nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("at", moment, nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("subject", sa.BigInteger(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "reports",
        sa.Column("id", _ID, primary_key=True),
        sa.Column(
            "request_id",
            _ID,
            sa.ForeignKey("requests.id", ondelete="CASCADE", name="fk_reports_request_id_requests"),
            nullable=False,
        ),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=True),
        sa.UniqueConstraint("request_id", name="uq_reports_request_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reports_by_at", "reports", ["by", "at"])
    op.create_table(
        "broadcasts",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("card_id", sa.BigInteger(), nullable=True),
        sa.Column("since", moment, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_broadcasts_running",
        "broadcasts",
        ["id"],
        sqlite_where=sa.text("state = 'running'"),
        postgresql_where=sa.text("state = 'running'"),
    )
    op.create_table("broadcast_refusals", _person())
    op.create_table(
        "alerts",
        sa.Column("key", sa.String(128), primary_key=True),
        sa.Column("since", moment, nullable=False),
        sa.Column("told_at", moment, nullable=True),
    )


def downgrade() -> None:
    for table in (
        "alerts",
        "broadcast_refusals",
        "broadcasts",
        "reports",
        "audit",
        "maintenance",
        "model_switches",
        "usernames",
        "allowances",
        "bans",
    ):
        op.drop_table(table)
