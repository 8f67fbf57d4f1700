"""WSL Studio: label DICOM in coarse words, learn from them, see the evidence."""

__version__ = "0.1.0"
