"""The command line: the same steps as the window, for people and scripts."""
