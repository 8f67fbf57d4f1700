"""Runs the steps on the connection that ``store.migrate`` hands over, in its transaction."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    # SQLite can roll back DDL; alembic assumes that pysqlite can't, but store.migrate begins
    # the transaction itself, so that a step that fails leaves the file as it was.
    transactional_ddl=True,
)
context.run_migrations()
