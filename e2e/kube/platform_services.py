"""Identity, notification and portal, each with the settings and the Secret of its pod."""

import base64
import contextlib
import os
import subprocess

from releases_world import expect
from replica import Replica

RELEASE = "platform"
ROLES = ("identity", "notification", "portal")
# What the names of the numbers begin with that only the notification service has.
NOTIFICATION_NUMBERS = "fairtermin_webhook"


@contextlib.contextmanager
def running(world, office):
    """Starts the three, and ends them at the end."""
    secrets(office)
    world.install(RELEASE)
    world.until("pods", lambda: len(world.pods(RELEASE)) == 6)
    replicas = {}
    try:
        for role in ROLES:
            pod = f"{RELEASE}-fairtermin-{role}-0"
            replicas[role] = Replica(world, RELEASE, role, pod, office.program, office.folder / role)
        for role, replica in replicas.items():
            world.until(f"{role} works", lambda replica=replica: works(replica))
        expect("EC" in (replicas["identity"].get("/jwks") or ""), "identity shows no keys")
        pauses = f"{NOTIFICATION_NUMBERS}_pauses_total "
        expect(pauses in (replicas["notification"].metrics() or ""), f"nobody exports {pauses}")
        world.step(f"{', '.join(ROLES)} serve with the settings and the Secrets of their pods")
        yield replicas
    except BaseException:
        for role, replica in replicas.items():
            print(role, *replica.log.read_text().splitlines()[-4:], sep="\n")
        raise
    finally:
        for replica in replicas.values():
            replica.kill()


def works(replica):
    """It answers, and its database does, if it has one. Providers and mail servers are examples."""
    text = replica.metrics()
    return text and 'fairtermin_part_ready{part="database"} 0' not in text


def secrets(office):
    """What the README says to make."""
    def key(letter):
        return base64.b64encode(letter.encode() * 32).decode()
    signing = office.folder / "signing-key"
    made = subprocess.run([office.program, "keys", "rotate", str(signing), "--step", "publish"],
                          capture_output=True, text=True)
    expect(made.returncode == 0, made.stderr)
    bus = {"bus-url": os.environ["FAIRTERMIN_TEST_RABBITMQ"]}
    office.give(RELEASE, "identity", {
        **bus, "database-url": office.database("identity"), "person-key": key("p"), "data-key": key("d"),
        "contact-key": key("c"), "signing-key": signing.read_text(), "bundid-client-secret": key("b"),
        "portal-client-secret": key("o")})
    office.give(RELEASE, "notification", {
        **bus, "database-url": office.database("notification"), "contact-key": key("c"), "data-key": key("n"),
        "smtp-password": "nobody"})
    office.give(RELEASE, "portal", {"session-key": key("s"), "client-secret": key("o")})
