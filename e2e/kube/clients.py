"""Clients that keep their connections, as the portal and an ingress controller do."""

import collections
import http.client
import threading


class Clients:
    """Ask all the time until an answer closes the connection, or a request is dropped."""

    MANY = 8

    def __init__(self, replica, path):
        self.port, self.path, self.answered = replica.port, path, 0
        self.ends = collections.Counter()
        self.threads = [threading.Thread(target=self._ask, daemon=True) for _ in range(self.MANY)]
        for thread in self.threads:
            thread.start()

    def _ask(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        while True:
            try:
                connection.request("GET", self.path)
                answer = connection.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException) as error:
                self.ends[f"dropped: {error!r}"] += 1
                return
            self.answered += 1
            if answer.getheader("connection") == "close":
                self.ends["told to go"] += 1
                return

    def all_told_to_go(self):
        for thread in self.threads:
            thread.join(20)
        return self.ends == {"told to go": self.MANY}
