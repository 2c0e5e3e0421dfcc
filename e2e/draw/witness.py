"""`fairtermin witness` as a process: it cosigns a log that grows, goes on after it was killed, and refuses a fork.

    witness.py PROGRAM VECTORS FOLDER
"""
import base64, hashlib, json, pathlib, re, signal, subprocess, sys, urllib.error, urllib.request

from shapes import J
from signed import lp, note, sha, un, vkey

program, vectors, folder = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
NAMES = ["announcement", "freeze", "tickets", "reveal", "result"]  # the order in which they are logged


class Log:
    """The log of one vector. All vectors have logs of the same key: to a witness, the second one is a fork."""

    def __init__(self, number):
        proof = json.loads((vectors / f"{number}.proof.json").read_text())
        self.key = proof["announcement"]["log"]["key"]
        shown = [proof["log"][name] for name in NAMES]
        documents = [proof[name].encode() if name == "tickets" else J(proof[name]) for name in NAMES]
        self.leaves = [sha(b"\0", sha(lp("fairtermin/log/v1", un(s["salt"]), d))) for s, d in zip(shown, documents)]
        self.notes = [s["proof"].partition("\n\n")[2] for s in shown]

    def request(self, old, size, proof=()):
        path = "".join(base64.b64encode(p).decode() + "\n" for p in proof)
        return f"old {old}\n{path}\n{self.notes[size - 1]}".encode()


class Witness:
    def __init__(self, key):
        self.process = subprocess.Popen(
            [program, "witness", "--name", "w.example", "--key", folder / "key", "--log", key, "--state", folder / "state",
             "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.key = vkey(self.process.stdout.readline().strip(), 4)
        self.address = re.search(r"127\.0\.0\.1:\d+", self.process.stderr.readline())[0]

    def ask(self, path, body=None):
        try:
            with urllib.request.urlopen(f"http://{self.address}/{path}", body, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def expect(what, got, wanted):
    if got != wanted:
        sys.exit(f"witness: {what}: {got}, not {wanted}")


(folder / "key").write_text("07" * 32 + "\n")
log, fork = Log(0), Log(1)
witness = Witness(log.key)
status, line = witness.ask("add-checkpoint", log.request(0, 1))
expect("a new log", status, 200)
text = log.notes[0].partition("\n\n")[0] + "\n"
expect("the cosignature", list(note(f"{text}\n{line}", [witness.key])[1]), ["w.example"])
expect("growth", witness.ask("add-checkpoint", log.request(1, 2, [log.leaves[1]]))[0], 200)
witness.kill()

witness = Witness(log.key)
origin = hashlib.sha256(vkey(log.key, 1)[0].encode()).hexdigest()
expect("the last checkpoint", note(witness.ask(f"{origin}/checkpoint")[1], [witness.key])[0], log.notes[1].partition("\n\n")[0] + "\n")
expect("another size", witness.ask("add-checkpoint", log.request(1, 2, [log.leaves[1]])), (409, "2\n"))
expect("a fork that grew", witness.ask("add-checkpoint", fork.request(2, 3, [fork.leaves[2]]))[0], 422)
expect("a fork of this size", witness.ask("add-checkpoint", fork.request(2, 2))[0], 422)
expect("the same from another size", witness.ask("add-checkpoint", fork.request(1, 2)), (409, "2\n"))
second = subprocess.run(
    [program, "witness", "--name", "w.example", "--key", folder / "key", "--log", log.key, "--state", folder / "state", "--listen", "127.0.0.1:0"],
    capture_output=True, text=True, timeout=10)
expect("a second one on this state", (second.returncode, "another witness uses the state" in second.stderr), (1, True))
kept = lambda kind: sorted(path.name for path in (folder / "state").glob(f"{kind}-*/*"))
expect("the evidence of the fork", kept("fork"), ["seen", "shown"])
expect("what was not proven", kept("unproven"), ["seen", "shown"])
expect("no request", witness.ask("add-checkpoint", b"nonsense")[0], 400)
expect("another log", witness.ask("add-checkpoint", log.request(2, 3, [log.leaves[2]]).replace(b"log.example", b"other.example"))[0], 404)
expect("a forged checkpoint", witness.ask("add-checkpoint", log.request(2, 3).replace(b"\n3\n", b"\n4\n"))[0], 403)
expect("growth after all that", witness.ask("add-checkpoint", log.request(2, 3, [log.leaves[2]]))[0], 200)
expect("what could never be proven is a fork", (kept("fork"), kept("unproven")), (["seen", "seen", "shown", "shown"], []))
witness.kill()
print("witness: cosigned 3 times, killed twice, refused 7 times")
