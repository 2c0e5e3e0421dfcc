"""Act on after the log-out, at a replica that starts later

What the trader wants: the same as after a log-out; replicas come and go all day, and a new one has heard nothing.
What a buyer would pay: rented accounts are worth more if the owner cannot take them back.
How it is tried: log-out; then one replica is stopped and started, and gets the access token.
What stops it: a replica that starts fetches the signed list of what ended lately before it answers anybody.
"""

from market import Outcome
from people import somebody
from provider import bundid


def play(market):
    login = market.log_in(bundid(somebody()))
    assert login.call("GET", "/v1/bookings", replica=1).ok
    market.http.get(f"{market.issuer}/logout", params={"id_token_hint": login.id_token}, timeout=30)
    market.restart("slot-lea-2", market.slots["lea"][1])
    done = [login.call("GET", "/v1/bookings", replica=1).ok, login.hold(market.some_seat(), 1).ok]
    return Outcome(len(done), sum(done), 0)
