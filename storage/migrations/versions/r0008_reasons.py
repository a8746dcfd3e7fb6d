"""Why a draw or a request failed, in words beside the code; and how often an update's process died with it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("draws", sa.Column("detail", sa.Text(), nullable=True))
    op.add_column("draws", sa.Column("retry_after", sa.Double(), nullable=True))
    op.add_column("requests", sa.Column("detail", sa.Text(), nullable=True))
    op.add_column("inbox", sa.Column("crashes", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("inbox", "crashes")
    op.drop_column("requests", "detail")
    op.drop_column("draws", "retry_after")
    op.drop_column("draws", "detail")
