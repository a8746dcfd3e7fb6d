"""The models that failed before a draw's current one."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("draws", sa.Column("detours", sa.JSON()))


def downgrade() -> None:
    op.drop_column("draws", "detours")
