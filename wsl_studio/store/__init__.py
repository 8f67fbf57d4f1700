"""The project folder: journal, series, split, rounds."""
