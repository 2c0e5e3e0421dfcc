"""Enumerate appointments

What the trader wants: a list of who has an appointment, or one code that opens somebody's appointment.
What a buyer would pay: codes could be sold if they opened anything.
How it is tried: read, cancel and move an appointment of which the id is known; its code at the desk's routes;
fifty ids near it. Is "not yours" told from "does not exist"?
What stops it: an id or a code authorises nothing; both answers are the same.
"""

from market import Outcome


def play(market):
    victim, trader = market.person(), market.person()
    booking = victim.book(market.some_seat())
    own = trader.book(market.some_seat())
    id, letters = booking["id"], "0123456789abcdefghjkmnpqrstvwxyz"
    none = id[:-1] + next(it for it in letters if it != id[-1])
    read = lambda id: trader.call("GET", f"/v1/bookings/{id}")  # noqa: E731
    done = [
        read(id).ok,
        trader.cancel(booking).ok,
        trader.hold(market.some_seat(), replaces=id).ok,
        trader.call("GET", f"/v1/desk/bookings?code={booking['code']}").ok,
        (read(id).status_code, read(id).json().get("code")) != (read(none).status_code, read(none).json().get("code")),
    ]
    near = [own["id"][:-2] + one + other for one in letters[:5] for other in letters[:10]]
    done += [read(it).ok for it in near if it != own["id"]]
    return Outcome(len(done), sum(done), 0)
