"""What a pod of slot would run, run here.

Arguments, environment, settings, Secret and catalogue are those of the pod in the cluster, and the
token is one of its service account. Only the paths of the container and the port are others.
"""

import json
import os
import pathlib
import signal
import socket
import subprocess
import urllib.error
import urllib.request


class Replica:
    def __init__(self, world, release, pod, program, folder):
        self.pod, self.folder, self.port = pod, pathlib.Path(folder), free_port()
        deployment = world.deployments(release)[0]
        template = deployment.spec.template.spec
        self._write(world, release, template)
        arguments = [self._here(argument) for argument in template.containers[0].args]
        environment = {variable.name: variable.value for variable in template.containers[0].env if variable.value}
        environment |= {"POD_NAME": pod, "KUBECONFIG": str(self.folder / "kubeconfig"), "PATH": os.environ["PATH"]}
        self.log = self.folder / "log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen([program, *arguments], env=environment, stdout=log, stderr=log)

    def _write(self, world, release, template):
        space, name = world.spaces[release], f"{release}-fairtermin-slot"
        files = {"kubeconfig": json.dumps(self._kubeconfig(world, space, template.service_account_name))}
        for key, text in world.core.read_namespaced_config_map(f"{name}-settings", space).data.items():
            files[f"settings/{key}"] = self._here(text)
        for key, text in world.core.read_namespaced_config_map(f"{name}-catalogue", space).data.items():
            files[f"catalogue/{key}"] = text
        for key, text in world.secret(release, name).items():
            files[f"secrets/{key}"] = text
        for path, text in files.items():
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / path).write_text(text)

    def _here(self, text):
        return (text.replace("/run/secrets/fairtermin", f"{self.folder}/secrets")
                .replace("/etc/fairtermin", str(self.folder))
                .replace("0.0.0.0:8080", f"127.0.0.1:{self.port}"))

    @staticmethod
    def _kubeconfig(world, space, account):
        server = world.core.api_client.configuration
        token = world.core.create_namespaced_service_account_token(account, space, {"spec": {"expirationSeconds": 3600}})
        cluster = {"server": server.host, "certificate-authority": server.ssl_ca_cert}
        context = {"cluster": "test", "user": account, "namespace": space}
        return {"apiVersion": "v1", "kind": "Config", "current-context": "test",
                "clusters": [{"name": "test", "cluster": cluster}],
                "users": [{"name": account, "user": {"token": token.status.token}}],
                "contexts": [{"name": "test", "context": context}]}

    def get(self, path):
        """The body of the answer, or None while there is none."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return None

    def number(self, name):
        """One of the numbers for Prometheus."""
        for line in (self.get("/metrics") or "").splitlines():
            if line.startswith(f"fairtermin_{name} "):
                return int(line.split()[1])
        return None

    def starts(self, date, service="beratung"):
        """The times of day at which the service can begin."""
        answer = self.get(f"/v1/availability/slots?service={service}&location=rathaus&date={date}")
        return None if answer is None else [slot["start"][11:16] for slot in json.loads(answer)["slots"]]

    def logged(self, words):
        return words in self.log.read_text()

    def pause(self):
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self):
        self.process.send_signal(signal.SIGCONT)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        """Ends as a pod does when it is asked to; the exit code."""
        self.process.terminate()
        return self.process.wait(timeout=20)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
