"""The sums of each person's rows in the ledger, which were added up at each request."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    number = sa.BigInteger()
    op.create_table(
        "credit_balances",
        sa.Column("person", number, primary_key=True, autoincrement=False),
        sa.Column("paid", number, nullable=False),
        sa.Column("held", number, nullable=False),
        sa.Column("free", number, nullable=False),
        sa.Column("day", sa.DateTime(timezone=True), nullable=False),
    )
    # The free credits of the newest day on which some were moved: those of today, or of a day that has passed.
    moved = sa.table("credit_ledger", *(sa.column(name) for name in ("person", "account", "amount", "at")))
    day = _midnight(sa.func.max(moved.c.at)).label("day")
    newest = sa.select(moved.c.person, day).group_by(moved.c.person).subquery()
    of_day = (moved.c.account == "free") & (moved.c.at >= newest.c.day)
    conditions = (moved.c.account == "paid", moved.c.account == "held", of_day)
    sums = [sa.func.sum(sa.case((condition, moved.c.amount), else_=0)) for condition in conditions]
    rows = sa.select(moved.c.person, *sums, newest.c.day).join(newest, newest.c.person == moved.c.person)
    balances = sa.table("credit_balances", *(sa.column(name) for name in ("person", "paid", "held", "free", "day")))
    op.execute(balances.insert().from_select(list(balances.c.keys()), rows.group_by(moved.c.person, newest.c.day)))


def _midnight(moment: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    """The beginning of a moment's day (UTC), as the database stores moments."""
    if op.get_bind().dialect.name == "postgresql":
        return sa.func.date_trunc("day", moment, "UTC")
    return sa.func.substr(moment, 1, 10).concat(" 00:00:00.000000")


def downgrade() -> None:
    op.drop_table("credit_balances")
