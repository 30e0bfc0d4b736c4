"""Alembic's environment: runs on the connection that `qualify.storage.schema` hands over."""

from alembic import context
from sqlmodel import SQLModel

import qualify.storage.tables  # noqa: F401  # fills the metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
