"""Rows: objects of JSON, lines of JSON Lines and of tables, and how their columns are named."""
