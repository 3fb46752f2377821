"""Settings: the club, its taxes and people, the devices and the look of this desk, its backups."""
