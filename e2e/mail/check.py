"""Runs a mail server, lets the given command send through it, and reads what arrived.

The server speaks STARTTLS with a certificate made for this run. It refuses the first two attempts
of every message, drops the connection on the third of some, and never takes one address.
"""

import email
import email.policy
import os
import socket
import ssl
import subprocess
import sys
import tempfile
from collections import Counter
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller
from icalendar import Calendar

LOCALES = Path(__file__).parents[2] / "services/notification/locales"
NOBODY = "nobody@example.org"
# Gets the message that ends the test.
LAST = "last@example.org"


class Server:
    """Takes messages after some trouble, and stores each in a file."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.attempts: Counter[str] = Counter()
        self.count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address == NOBODY:
            return "550 5.1.1 no such user " + address
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        assert session.ssl is not None, "the message came without TLS"
        message_id = email.message_from_bytes(envelope.content)["Message-ID"]
        self.attempts[message_id] += 1
        if self.attempts[message_id] == 1:
            return "451 4.3.0 try again"
        if self.attempts[message_id] == 2 and len(self.attempts) % 2:
            server.transport.abort()
            return "421 4.3.2 bye"
        self.count += 1
        part = self.folder / f"{self.count:04}.part"
        part.write_bytes(envelope.content)
        part.rename(part.with_suffix(".eml"))
        return "250 2.0.0 taken"


def certificate(folder: Path) -> tuple[Path, Path]:
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
    subprocess.run(
        [*command.split(), "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1",
         "-addext", "basicConstraints=critical,CA:FALSE", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )
    return key, certificate


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def text_of(message: EmailMessage, kind: str) -> str:
    return message.get_body(preferencelist=(kind,)).get_content()


def check_message(message: EmailMessage) -> tuple[str, int, str]:
    """Checks one message; returns UID, SEQUENCE and method of its calendar file."""
    assert message["Auto-Submitted"] == "auto-generated", message["Auto-Submitted"]
    assert message["From"] == "Terminservice Berlin <termine@example.org>", message["From"]
    assert message["Date"] and message["Subject"] and message["Content-Language"]
    assert message.get_content_type() == "multipart/mixed"
    alternatives, attachment = message.iter_parts()
    kinds = [part.get_content_type() for part in alternatives.iter_parts()]
    assert kinds == ["text/plain", "text/html", "text/calendar"], kinds
    assert "K7QD-3XHM" in text_of(message, "plain") or "CANCEL" in str(attachment["Content-Type"])
    html = text_of(message, "html")
    assert f'lang="{message["Content-Language"]}"' in html
    assert ('dir="rtl"' in html) == (message["Content-Language"] == "ar")

    inline = list(alternatives.iter_parts())[2]
    assert attachment.get_filename() == "termin.ics"
    content = attachment.get_content()
    content = content if isinstance(content, bytes) else content.encode()
    assert inline.get_content().replace("\r\n", "\n").strip() == content.decode().replace("\r\n", "\n").strip()
    calendar = Calendar.from_ical(content)
    method = str(calendar["METHOD"])
    assert inline.get_param("method") == method == attachment.get_param("method")
    assert not calendar.errors, calendar.errors
    (event,) = calendar.walk("VEVENT")
    assert not event.errors, event.errors
    begin = event.decoded("DTSTART")
    assert begin.utcoffset().total_seconds() in (3600, 7200), begin
    # The file's own time zone says the same as the system's.
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone.to_tz().utcoffset(begin.replace(tzinfo=None)) == begin.utcoffset()
    assert (event.decoded("DTEND") - begin).total_seconds() == 20 * 60
    assert "Haus A, \"Süd\"" in str(event["LOCATION"]), event["LOCATION"]
    assert str(event["ATTENDEE"]) == f"mailto:{message['To']}"
    # RFC 5546: whoever sends organises, what is cancelled says so and has no alarm.
    assert str(event["ORGANIZER"]) == "mailto:termine@example.org", event["ORGANIZER"]
    cancelled = method == "CANCEL"
    assert str(event["STATUS"]) == ("CANCELLED" if cancelled else "CONFIRMED")
    alarms = calendar.walk("VALARM")
    assert len(alarms) == (0 if cancelled else 1), alarms
    for alarm in alarms:
        assert alarm.decoded("TRIGGER").days == -1, alarm
    # Calendars are shared: the title names the office and not the service.
    service = "Niederlassungserlaubnis", "Settlement permit"
    assert not any(name in str(event["SUMMARY"]) for name in service), event["SUMMARY"]
    return str(event["UID"]), int(event["SEQUENCE"]), method


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        key, cert = certificate(folder)
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(cert, key)
        server = Server(folder)
        port = free_port()
        controller = Controller(
            server, hostname="127.0.0.1", port=port, tls_context=tls, require_starttls=True)
        controller.start()
        environment = os.environ | {
            "FAIRTERMIN_TEST_SMTP": f"127.0.0.1:{port}",
            "FAIRTERMIN_TEST_SMTP_FOLDER": name,
            "SSL_CERT_FILE": str(cert),
        }
        run = subprocess.run(sys.argv[1:], env=environment, capture_output=True, text=True)
        controller.stop()
        if run.returncode:
            print(run.stdout, run.stderr, sep="\n", file=sys.stderr)
            return 1
        files = sorted(folder.glob("*.eml"))
        messages = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
                    for file in files]
        messages = [message for message in messages if message["To"] != LAST]
        ids = Counter(message["Message-ID"] for message in messages)
        assert len(messages) == 3 * len(list(LOCALES.glob("*.ftl"))), f"{len(messages)} messages arrived"
        assert max(ids.values()) == 1, f"a message was taken twice: {ids.most_common(1)}"
        lives: dict[str, list[tuple[int, str]]] = {}
        for message in messages:
            uid, sequence, method = check_message(message)
            lives.setdefault(uid, []).append((sequence, method))
        expected = [(0, "REQUEST"), (1, "REQUEST"), (2, "CANCEL")]
        for uid, life in lives.items():
            assert sorted(life) == expected, f"{uid}: {life}"
    return 0


if __name__ == "__main__":
    sys.exit(main())
