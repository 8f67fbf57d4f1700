"""The window: shows values, turns clicks and keys into calls on Session."""
