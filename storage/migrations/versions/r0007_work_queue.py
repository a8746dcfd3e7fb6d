"""Workers and, on PostgreSQL, PgQueuer's tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.util import await_only

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "workers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_workers"),
    )
    if op.get_bind().dialect.name == "postgresql":
        from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment

        _run(QueryBuilderEnvironment().build_install_query(create_schema=False))


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment

        _run(QueryBuilderEnvironment().build_uninstall_query())
    op.drop_table("workers")


def _run(script: str) -> None:
    """Runs several statements in one string, which only the driver accepts, in the same transaction."""
    driver: Any = op.get_bind().connection.driver_connection  # Any: asyncpg has no types
    await_only(driver.execute(script))
