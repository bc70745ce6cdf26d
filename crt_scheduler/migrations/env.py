"""What Alembic runs: the migrations on the connection it was handed."""

from alembic import context

from crt_scheduler.tables import Record

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Record.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
