"""Scripts that compare speeds in one run on one machine; run them as ``python -m benchmarks.NAME``."""
