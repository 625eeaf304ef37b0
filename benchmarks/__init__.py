"""Measurements of each stage against human labels: ``python -m benchmarks.<stage>``."""
