"""Number first: every number of an article becomes a mention, and every mention ends somewhere.

The steps, one module each: numbers are found (``mentions``), each block is laid out with what stands
around them (``scene``), a number is told to be a claim of some measure or none (``kinds``), whose it
is (``subjects``), and when it is of and how it is said (``times``). ``read`` puts them together. No
step ever looks at prices.
"""
