"""How project.db came to its present form: one file a step, added, never edited."""
