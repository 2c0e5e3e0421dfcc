"""Move an appointment by a merge at the desk

What the trader wants: seller and buyer are declared one human, and the appointment is the buyer's.
What a buyer would pay: the whole price.
How it is tried: the seller books. A clerk proposes the merge and approves it alone; the seller calls the desk's
routes with an own log-in; a clerk of another authority approves; a second clerk approves unseen what was
proposed when the first one showed it.
What stops it: two clerks of the authority must agree, and each names the proposal as they read it themselves, with
both persons beside each other. Two who collude can still do it; the audit table names
both, and the appointment keeps the seller's name, with which the desk compares the document.
"""

from market import Outcome


def play(market):
    clerk, elsewhere = market.clerk(), market.clerk(authority="kfz")
    seller, buyer = market.person(), market.person()
    booking = seller.book(market.some_seat())
    for person in (seller, buyer):
        person.attendee()
    body = {"kept": buyer.subject, "dissolved": seller.subject}
    case = clerk.identity("POST", "/desk/merges", body)
    assert case.ok, case.text
    path = f"/desk/cases/{case.json()['code']}"
    shown = clerk.identity("GET", path).json().get("proposal") or {}
    read = {"proposal": shown.get("id", "unread")}
    approval = f"{path}/approval"
    tries = [
        seller.identity("POST", "/desk/merges", body),
        *(it.identity("POST", approval, read) for it in (seller, clerk, elsewhere, market.clerk())),
        market.clerk().identity("POST", approval, {}),
    ]
    moved = any(it["id"] == booking["id"] for it in buyer.bookings())
    return Outcome(len(tries), sum(it.ok for it in tries) + moved, 0)
