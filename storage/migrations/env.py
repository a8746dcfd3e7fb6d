"""Alembic's environment. The connection and its transaction come from storage/schema.py."""

from alembic import context

from storage.statements.tables import with_conditions

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=with_conditions(),
    render_as_batch=True,  # SQLite changes columns by copying the table
)
context.run_migrations()
