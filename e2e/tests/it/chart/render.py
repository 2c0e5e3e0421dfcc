"""Prints the manifests of one preset: render.py PRESET VALUES-AS-JSON RELEASE."""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[4]
sys.path.insert(0, str(ROOT / "e2e/chart"))
from helm import Helm, Refused  # noqa: E402

CHART = ROOT / "charts/fairtermin"
preset, values, release = sys.argv[1:]
helm = Helm()
try:
    print(helm.template(str(CHART), [str(CHART / f"values-{preset}.yaml")], json.loads(values),
                        release=release, namespace=preset))
except Refused as refused:
    sys.exit(str(refused))
finally:
    helm.close()
