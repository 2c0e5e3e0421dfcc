"""Whether somebody won more often than chance explains."""

# A suite that runs every day must not cry wolf: each test may be wrong once in a thousand runs.
LEVEL = 0.001


def at_least(wins, shares):
    """The probability of `wins` or more, if try number i is won with probability `shares[i]`: exactly, the
    tail of a Poisson binomial distribution."""
    exactly = [1.0]
    for share in shares:
        lost = [chance * (1 - share) for chance in exactly] + [0.0]
        won = [0.0] + [chance * share for chance in exactly]
        exactly = [one + other for one, other in zip(lost, won)]
    return sum(exactly[wins:])


def most_allowed(shares):
    """The most wins that chance explains at our level."""
    return next(wins - 1 for wins in range(len(shares) + 2) if at_least(wins, shares) < LEVEL)
