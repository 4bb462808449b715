"""Schema changes, applied in order by Alembic."""
