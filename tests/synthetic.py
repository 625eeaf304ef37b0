"""Made-up tables of any size to test framing and charts on; the benchmark draws the same."""

from benchmarks.synthetic import Result, make, make_cast

__all__ = ["Result", "make", "make_cast"]
