"""People: the list with inline edit, a person's page, and the import of files."""
