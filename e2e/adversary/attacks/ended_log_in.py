"""Act on after the log-out

What the trader wants: to use a log-in that its owner, the provider or the authority has ended.
What a buyer would pay: rented accounts are worth more if the owner cannot take them back.
How it is tried: log-out, log-out at the provider, tokens given back by the program (RFC 7009), a code presented
twice. One second later the access token lists and holds at each replica.
What stops it: every process of every service hears of the end within a second.
"""

import time

from market import Outcome
from people import Refused, somebody
from provider import bundid

SOON = 1.0


def log_out(market, login, account, used):
    market.http.get(f"{market.issuer}/logout", params={"id_token_hint": login.id_token}, timeout=30)


def log_out_at_the_provider(market, login, account, used):
    form = {"logout_token": market.provider.logout_token(account)}
    answer = market.http.post(f"{market.issuer}/backchannel-logout/bundid", data=form, timeout=30)
    assert answer.ok, answer.text


def give_back(market, login, account, used):
    proof = ("market", market.secrets["market"])
    market.http.post(f"{market.issuer}/revoke", data={"token": login.refresh}, auth=proof, timeout=30)


def present_the_code_twice(market, login, account, used):
    try:
        market.redeem(*used)
    except Refused:
        return
    raise AssertionError("a code yields tokens twice")


def play(market):
    tries, open_doors, names = 0, 0, []
    for end in (log_out, log_out_at_the_provider, give_back, present_the_code_twice):
        for replica in (0, 1):
            account = bundid(somebody())
            used = market.code(account)
            login = market.redeem(*used)
            assert login.call("GET", "/v1/bookings", replica=replica).ok
            end(market, login, account, used)
            time.sleep(SOON)
            answers = [
                login.call("GET", "/v1/bookings", replica=replica).ok,
                login.hold(market.some_seat(), replica).status_code == 201,
            ]
            tries += len(answers)
            open_doors += sum(answers)
            names += [end.__name__] * any(answers)
    return Outcome(tries, open_doors, 0, ", ".join(dict.fromkeys(names)).replace("_", " "))
