"""Credits: the ledger, what is reserved, what was offered, and what was paid in Stars."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "credit_ledger",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("account", sa.String(16), nullable=False),
        _number("person"),
        _number("amount"),
        sa.Column("at", moment, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_credit_ledger_entry_account", "credit_ledger", ["entry", "account"], unique=True)
    op.create_index("ix_credit_ledger_person_account_at_amount", "credit_ledger", ["person", "account", "at", "amount"])
    op.create_table(
        "credit_holds",
        sa.Column("draw_id", sa.BigInteger(), primary_key=True, autoincrement=False),
        _number("request_id"),
        _number("person"),
        _number("free"),
        _number("paid"),
    )
    op.create_index("ix_credit_holds_request_id", "credit_holds", ["request_id"])
    op.create_table(
        "credit_offers",
        sa.Column("id", _ID, primary_key=True),
        _number("person"),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        _number("amount"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_credit_offers_person_kind_stars_amount",
        "credit_offers",
        ["person", "kind", "stars", "amount"],
        unique=True,
    )
    op.create_table(
        "payments",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("charge_id", sa.Text(), nullable=False),
        _number("person"),
        _number("stars"),
        _number("amount"),
        sa.Column("offer_id", sa.BigInteger(), nullable=True),
        sa.Column("recurring", sa.Boolean(), nullable=False),
        sa.Column("until", moment, nullable=True),
        sa.Column("at", moment, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("refunds", sa.Integer(), nullable=False),
        sa.Column("refunded_by", sa.BigInteger(), nullable=True),
        sa.Column("refund_error", sa.Text(), nullable=True),
        sa.UniqueConstraint("charge_id", name="uq_payments_charge_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_payments_person_id", "payments", ["person", "id"])
    op.create_index(
        "ix_payments_refunding",
        "payments",
        ["id"],
        sqlite_where=sa.text("state = 'refunding'"),
        postgresql_where=sa.text("state = 'refunding'"),
    )
    op.create_table(
        "star_books",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        _number("read"),
    )


def downgrade() -> None:
    for table in ("star_books", "payments", "credit_offers", "credit_holds", "credit_ledger"):
        op.drop_table(table)
