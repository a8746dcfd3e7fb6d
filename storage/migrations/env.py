"""Alembic's environment. The connection and its transaction come from storage/schema.py."""

from alembic import context

from storage.statements.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes columns by copying the table
)
context.run_migrations()
