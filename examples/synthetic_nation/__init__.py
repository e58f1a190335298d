"""A synthetic nation: counties, schools, pupils and teachers of ten years, for tests, benchmarks and pages.

Everything in it is made up; see README.md for what it is calibrated on and what is only assumed.
"""

from examples.synthetic_nation.nation import Made, make_nation
from examples.synthetic_nation.places import counties_of
from examples.synthetic_nation.province import Filing, filings

__all__ = ["Filing", "Made", "counties_of", "filings", "make_nation"]
