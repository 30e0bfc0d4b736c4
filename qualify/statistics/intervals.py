"""Estimates with their 95 % confidence intervals, and silence where there is too little to estimate from.

Running sums hold what was seen so far in a few numbers (Welford's recurrences), so that thousands of results need no
more memory than ten.
"""

import math
from statistics import NormalDist
from typing import NamedTuple

FEWEST = 10
"""So many results are the least that anything is said of."""
Z = NormalDist().inv_cdf(0.975)


class Estimate(NamedTuple):
    """A figure worked out from so many results, and the ends of its 95 % confidence interval."""

    value: float
    low: float
    high: float
    results: int


class Sums:
    """What a mean and a spread need of the values added so far."""

    def __init__(self) -> None:
        self.count = 0
        self._mean = 0.0
        self._squares = 0.0

    def add(self, value: float) -> None:
        """One more value."""
        self.count += 1
        off = value - self._mean
        self._mean += off / self.count
        self._squares += off * (value - self._mean)

    @property
    def spread(self) -> float | None:
        """The sample's standard deviation (n − 1); None below `FEWEST`."""
        return None if self.count < FEWEST else math.sqrt(self._squares / (self.count - 1))

    @property
    def mean(self) -> Estimate | None:
        """The mean; its interval by Student's t, as `statsmodels.stats.weightstats.DescrStatsW.tconfint_mean` has it.
        None below `FEWEST`."""
        spread = self.spread
        if spread is None:
            return None
        half = student_t(self.count - 1) * spread / math.sqrt(self.count)
        return Estimate(self._mean, self._mean - half, self._mean + half, self.count)

    @property
    def share(self) -> Estimate | None:
        """The mean of values 0…1 as a share, its interval by Wilson, as statsmodels' `proportion_confint` has it with
        `method="wilson"`. Of values between 0 and 1 it is wider than it need be, never narrower. None below
        `FEWEST`."""
        if self.count < FEWEST:
            return None
        n, share = self.count, min(max(round(self._mean, 12), 0.0), 1.0)  # what is 0.1 must not pass for more
        middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z / (1 + Z * Z / n) * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
        return Estimate(share, min(max(middle - half, 0.0), share), max(min(middle + half, 1.0), share), n)


class PairSums:
    """What a correlation needs of the pairs added so far."""

    def __init__(self) -> None:
        self.count = 0
        self._means = (0.0, 0.0)
        self._first = self._second = self._both = 0.0

    def add(self, first: float, second: float) -> None:
        """One more pair."""
        self.count += 1
        off = first - self._means[0], second - self._means[1]
        self._means = self._means[0] + off[0] / self.count, self._means[1] + off[1] / self.count
        self._first += off[0] * (first - self._means[0])
        self._second += off[1] * (second - self._means[1])
        self._both += off[0] * (second - self._means[1])

    @property
    def correlation(self) -> Estimate | None:
        """Pearson's r as `numpy.corrcoef` has it, its interval by Fisher's z: tanh(artanh r ± 1.96 ÷ √(n − 3)). None
        below `FEWEST`, and where either side never varies."""
        if self.count < FEWEST or min(self._first, self._second) < SAME:
            return None
        r = min(max(self._both / math.sqrt(self._first * self._second), -1.0), 1.0)
        if abs(r) == 1:
            return Estimate(r, r, r, self.count)
        half = Z / math.sqrt(self.count - 3)
        low, high = math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)
        return Estimate(r, min(low, r), max(high, r), self.count)


SAME = 1e-9
"""A sum of squares below this is what rounding leaves of none."""


def student_t(freedom: int) -> float:
    """The 97.5 % point of Student's t for at least `FEWEST` − 1 degrees of freedom, to 4 places (Abramowitz & Stegun
    26.7.5)."""
    z, v = Z, float(freedom)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / v**power for power, term in enumerate(terms, start=1))
