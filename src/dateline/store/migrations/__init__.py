"""The history of the tables, run by Alembic when a store is opened for writing."""
