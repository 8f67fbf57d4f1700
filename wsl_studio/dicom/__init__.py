"""Reading foreign image files: index, stacks, pixels; and the phantom that the demo shows."""
