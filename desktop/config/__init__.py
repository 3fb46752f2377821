"""Settings, folders and languages of this desk."""
