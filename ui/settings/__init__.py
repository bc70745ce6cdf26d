"""Settings: the look, rules and prices, the programme, areas, and the file of records with its backups."""
