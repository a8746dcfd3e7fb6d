"""The schema's revision, and migrations. Alembic takes most of a second to import, so only a migration imports it."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from storage.errors import StorageMisconfigured

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0021"  # the newest revision in migrations/versions
MIGRATIONS = Path(__file__).with_name("migrations")


def revision(connection: Connection) -> str | None:
    """The revision of the tables; None in a database without them."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def upgrade(connection: Connection, target: str = "head") -> None:
    """Migrates to the newest revision, in the caller's transaction. Raises StorageMisconfigured for a newer schema."""
    from alembic import command
    from alembic.util import CommandError

    try:
        command.upgrade(_config(connection), target)
    except CommandError as error:
        raise StorageMisconfigured(
            f"the database has revision {revision(connection)}, this imagine-bot knows {HEAD} at most: "
            "use the version that made it, or a newer one"
        ) from error


def downgrade(connection: Connection, target: str = "base") -> None:
    """Migrates down to a revision, in the caller's transaction."""
    from alembic import command

    command.downgrade(_config(connection), target)


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()  # no alembic.ini: an installed bot has none
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
