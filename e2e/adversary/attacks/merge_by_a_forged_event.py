"""Move an appointment by a forged event

What the trader wants: the same as by a merge at the desk, without any clerk: somebody who may publish at the
message broker says that seller and buyer are one human.
What a buyer would pay: the whole price; it needs an insider in operations.
How it is tried: the event `PersonMerged` is published by hand, with the names of seller and buyer.
What stops it: the event carries a proof that identity signed, and the slot service believes only that.
"""

import os
import secrets
import time
from datetime import datetime, timezone

import pika

from market import Outcome

KIND = "fairtermin.person.v1.PersonMerged"


def text(number, value):
    """A text field of a protobuf message."""
    data = value.encode()
    return bytes([number << 3 | 2, len(data)]) + data


def publish(kept, dissolved):
    id = "evt_01" + "".join(secrets.choice("0123456789abcdefghjkmnpqrstvwxyz") for _ in range(24))
    headers = {
        "cloudEvents_specversion": "1.0",
        "cloudEvents_id": id,
        "cloudEvents_source": "urn:fairtermin:authority:lea",
        "cloudEvents_type": KIND,
        "cloudEvents_subject": kept,
        "cloudEvents_time": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "cloudEvents_dataschema": f"urn:fairtermin:schema:{KIND}",
        "x-attempt": 1,
    }
    properties = pika.BasicProperties("application/protobuf", headers=headers, delivery_mode=2, message_id=id)
    connection = pika.BlockingConnection(pika.URLParameters(os.environ["FAIRTERMIN_TEST_RABBITMQ"]))
    body = text(1, kept) + text(2, dissolved)
    connection.channel().basic_publish("fairtermin", "lea.person-merged.v1", body, properties)
    connection.close()


def play(market):
    seller, buyer = market.person(), market.person()
    booking = seller.book(market.some_seat())
    publish(buyer.subject, seller.subject)
    deadline, moved = time.monotonic() + 5, False
    while not moved and time.monotonic() < deadline:
        moved = any(it["id"] == booking["id"] for it in buyer.bookings())
        time.sleep(0.2)
    return Outcome(1, int(moved), 0)
