"""What a pod would run, run here.

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
    def __init__(self, world, release, role, pod, program, folder):
        self.pod, self.folder, self.port, self.metrics_port = pod, pathlib.Path(folder), free_port(), free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        name = f"{release}-fairtermin-{role}"
        [deployment] = [each for each in world.deployments(release) if each.metadata.name == name]
        template = deployment.spec.template.spec
        self.limit = int(template.containers[0].resources.limits["memory"].removesuffix("Mi"))
        self._write(world, world.spaces[release], template)
        arguments = [self._here(argument) for argument in template.containers[0].args]
        environment = {variable.name: variable.value for variable in template.containers[0].env or [] if variable.value}
        environment |= {"POD_NAME": pod, "KUBECONFIG": str(self.folder / "kubeconfig"), "PATH": os.environ["PATH"]}
        self.log = self.folder / "log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen([program, *arguments], env=environment, stdout=log, stderr=log)

    def _write(self, world, space, template):
        files = {}
        if template.automount_service_account_token:
            files["kubeconfig"] = json.dumps(self._kubeconfig(world, space, template.service_account_name))
        for volume in template.volumes:
            if volume.config_map:
                data = world.core.read_namespaced_config_map(volume.config_map.name, space).data
                files |= {f"{volume.name}/{key}": self._here(text) for key, text in data.items()}
            if volume.secret:
                files |= {f"{volume.name}/{key}": text for key, text in world.secret(space, volume.secret.secret_name).items()}
        for path, text in files.items():
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / path).write_text(text)

    def _here(self, text):
        return (text.replace("/run/secrets/fairtermin", f"{self.folder}/secrets")
                .replace("/etc/fairtermin", str(self.folder))
                .replace("0.0.0.0:8080", f"127.0.0.1:{self.port}")
                .replace("0.0.0.0:9464", f"127.0.0.1:{self.metrics_port}"))

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
        return read(self.address + path)

    def metrics(self):
        """What Prometheus reads."""
        return read(f"http://127.0.0.1:{self.metrics_port}/metrics")

    def number(self, name):
        """One of the numbers for Prometheus."""
        for line in (self.metrics() or "").splitlines():
            if line.startswith(f"fairtermin_{name} "):
                return int(line.split()[1])
        return None

    def starts(self, date, service="beratung"):
        """The times of day at which the service can begin."""
        answer = self.get(f"/v1/availability/slots?service={service}&location=rathaus&date={date}")
        return None if answer is None else [slot["start"][11:16] for slot in json.loads(answer)["slots"]]

    def memory(self):
        """The most that it ever used, in MiB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) // 1024

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


def read(url):
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.read().decode()
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return None


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
