"""The steps, oldest first, each with its reason."""
