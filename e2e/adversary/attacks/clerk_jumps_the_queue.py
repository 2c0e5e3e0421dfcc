"""A clerk jumps people in a queue

What the trader wants: whoever pays waits no longer: the clerk calls their number before those who came earlier.
What a buyer would pay: some ten euros, in the waiting room.
How it is tried: ten numbers are given out; the clerk calls the last one, then the one before it, and so on, without a
reason and with one.
What stops it: a jump needs a reason from a list, which the audit table keeps with the clerk's name; above a number a
day that the supervisor sets a colleague must agree; the shares show how many there were.
"""

from market import Outcome
from office import ALONE_PER_DAY

NUMBERS = 10


def play(market):
    clerk = market.clerk()
    wanted = {"location": "main", "services": ["permit"]}
    tickets = [clerk.call("POST", "/v1/desk/queue", wanted) for _ in range(NUMBERS)]
    assert all(it.status_code == 201 for it in tickets), tickets[0].text
    jumped = 0
    # The first one is nobody's jump.
    for ticket in reversed(tickets[1:]):
        path = f"/v1/desk/queue/{ticket.json()['id']}/call"
        called = clerk.call("POST", path, {})
        if not called.ok:
            called = clerk.call("POST", path, {"reason": {"code": "hardship"}})
        jumped += called.ok
    return Outcome(NUMBERS - 1, jumped, ALONE_PER_DAY["queueJumps"], "a day and clerk, with a reason each")
