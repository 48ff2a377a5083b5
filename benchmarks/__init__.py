"""How fast the exercise is, measured in one run and told as ratios: ``python -m benchmarks``."""
