"""A stolen hold token

What the trader wants: the seat that somebody else holds, or to hold for a buyer and pass the token on.
What a buyer would pay: the whole price.
How it is tried: confirm with the own log-in and name, with the own log-in and the holder's name; give the
hold up, extend it; at either replica.
What stops it: a hold token names its person, and is nothing without that person's log-in.
"""

from market import Outcome


def play(market):
    holder, thief = market.person(), market.person()
    held = holder.hold(market.some_seat()).json()
    body = {"hold_token": held["hold_token"]}
    path = f"/v1/holds/{held['hold_id']}"
    done = []
    for replica in (0, 1):
        done += [
            thief.confirm(held, thief.attendee(), replica).ok,
            thief.confirm(held, holder.attendee(), replica).ok,
            thief.release(held, replica).ok,
            thief.call("POST", f"{path}/extend", body, replica).ok,
        ]
    assert holder.confirm(held).status_code == 201, "the holder was hindered"
    return Outcome(len(done), sum(done), 0)
