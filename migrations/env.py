"""Runs migrations on the connection it is given; `homeregistry.schema` opens it and owns the transaction."""

from alembic import context

from homeregistry.models import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    compare_server_default=True,
    transactional_ddl=False,
)
context.run_migrations()
