"""Four eyes with one pair

What the trader wants: one corrupt clerk who can do what needs two.
What a buyer would pay: nothing directly; it opens the way to merges and invented people.
How it is tried: a clerk who works at two authorities proposes that two humans are one, and approves it with
the same token, after a second log-in, and with the token of the other authority.
What stops it: who acted is the human's account, across authorities; a case is read at its own authority only.
"""

from market import Outcome
from provider import staff


def play(market):
    tries, merged = 0, 0
    for way in range(3):
        account = staff("lea-clerk", "kfz-clerk")
        clerk = market.clerk(account)
        kept, dissolved = market.person(), market.person()
        for person in (kept, dissolved):
            person.attendee()
            person.elsewhere("kfz").attendee()
        case = clerk.identity("POST", "/desk/merges", {"kept": kept.subject, "dissolved": dissolved.subject})
        assert case.ok, case.text
        second = [clerk, market.clerk(account), market.clerk(account, "kfz")][way]
        path = f"/desk/cases/{case.json()['code']}"
        seen = second.identity("GET", path)
        proposal = ((seen.json().get("proposal") if seen.ok else None) or {}).get("id", "unread")
        tries += 1
        merged += second.identity("POST", f"{path}/approval", {"proposal": proposal}).ok
    return Outcome(tries, merged, 0)
