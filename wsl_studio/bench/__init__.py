"""Benchmarks: every published number comes from one of these."""
