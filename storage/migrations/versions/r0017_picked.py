"""What people pick by name (samplers, LoRAs ...), for each model."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("users", sa.Column("picked", sa.JSON()))


def downgrade() -> None:
    op.drop_column("users", "picked")
