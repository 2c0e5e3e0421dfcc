"""What Helm makes of values files: overlays.py CASES.json. Prints a list of results for each version.

A chart of one template prints its values, without null as ours does it (templates/_null.tpl).
"""

import json
import pathlib
import sys
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[4]
sys.path.insert(0, str(ROOT / "e2e/chart"))
from helm import KUBE_VERSION, Helm  # noqa: E402

TEMPLATE = """{{- include "fairtermin.dropNull" .Values -}}
apiVersion: v1
kind: ConfigMap
metadata: {name: values}
data:
  values: {{ .Values | toJson | quote }}
"""


def small_chart(folder, values):
    """Nothing but values and the template that prints them."""
    (folder / "templates").mkdir(parents=True)
    (folder / "Chart.yaml").write_text("apiVersion: v2\nname: small\nversion: 0.1.0\n")
    (folder / "values.yaml").write_text(json.dumps(values))
    null = ROOT / "charts/fairtermin/templates/_null.tpl"
    (folder / "templates/_null.tpl").write_text(null.read_text())
    (folder / "templates/values.yaml").write_text(TEMPLATE)


def merged(helm, chart, files):
    result = helm._tool("helm_template", {"chart": str(chart), "release_name": "r", "namespace": "n",
                                          "kube_version": KUBE_VERSION, "values_files": files})
    text = result["content"][0]["text"]
    if result.get("isError"):
        sys.exit(text)
    [manifest] = [document for document in yaml.safe_load_all(text) if document]
    return json.loads(manifest["data"]["values"])


def main(asked):
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        small_chart(folder / "small", asked["chart"])
        for version in ("v3", "v4"):
            helm = Helm(version)
            results[version] = []
            for case in asked["cases"]:
                files = []
                for index, values in enumerate(case):
                    file = folder / f"{index}.yaml"
                    file.write_text(json.dumps(values))
                    files.append(str(file))
                results[version].append(merged(helm, folder / "small", files))
            helm.close()
    print(json.dumps(results))


if __name__ == "__main__":
    main(json.loads(pathlib.Path(sys.argv[1]).read_text()))
