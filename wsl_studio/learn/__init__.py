"""Multiple-instance learning: backbone, head, pooling, terms, fit, evidence."""
