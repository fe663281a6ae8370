"""LinguaLIFT Lab's PyTorch engine. See README.md beside this package."""
