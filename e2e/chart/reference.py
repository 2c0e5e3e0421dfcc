"""A table of every key of the chart, made from values.schema.json and values.yaml."""

import json

import yaml

HEAD = """# Every key of the chart

Made from `values.schema.json` and `values.yaml` by `e2e/chart/test.sh --update`: do not edit.
`<id>` and `<name>` stand for a word of your own.
"""
SERVICES = ("slot", "identity", "notification", "portal")


def reference(chart):
    schema = json.loads((chart / "values.schema.json").read_text())
    values = yaml.safe_load((chart / "values.yaml").read_text())
    text = HEAD
    for key, inner in schema["properties"].items():
        rows = []
        shared = schema["properties"]["defaults"]["properties"] if key in (*SERVICES, "auditor") else {}
        walk(schema, inner, key, values.get(key), shared, rows)
        if rows:
            text += f"\n## `{key}`\n\n{resolve(schema, inner).get('description', '')}\n"
            if shared:
                text += f"\nAll keys of `defaults` can stand here too{but(schema, inner, shared)}.\n"
            text += "\n| key | what | default |\n|---|---|---|\n" + "".join(rows)
    return text


def but(schema, part, shared):
    """Which of the shared keys it does not have, in words."""
    missing = [f"`{key}`" for key in shared if key not in resolve(schema, part)["properties"]]
    return f", except {', '.join(missing)}" if missing else ""


def resolve(schema, part):
    while "$ref" in part:
        own = {key: value for key, value in part.items() if key != "$ref"}
        part = {**schema["$defs"][part["$ref"].removeprefix("#/$defs/")], **own}
    return part


def is_by_language(part):
    """Whether its keys are languages, which would only be listed again and again."""
    return not {"de", "pl"}.isdisjoint(part.get("properties", {}))


def walk(schema, part, path, default, skip, rows):
    part = resolve(schema, part)
    if is_by_language(part):
        return
    required = part.get("required", [])
    for key, inner in part.get("properties", {}).items():
        if key in skip:
            continue
        inner = resolve(schema, inner)
        here = f"{path}.{key}"
        known = default.get(key) if isinstance(default, dict) else None
        rows.append(row(here, inner, known, key in required))
        walk(schema, inner, here, known, {}, rows)
    for pattern, inner in part.get("patternProperties", {}).items():
        if path.count("<") < 3:
            walk(schema, inner, f"{path}.<{'id' if pattern.startswith('^[a-z]') else 'name'}>", None, {}, rows)
    if path.count("[]") < 2:
        walk(schema, part.get("items", {}), f"{path}[]", None, {}, rows)
    extra = part.get("additionalProperties")
    if isinstance(extra, dict) and path.count("<") < 3:
        walk(schema, extra, f"{path}.<name>", None, {}, rows)
    # One of several forms: the keys of each.
    choices = [resolve(schema, choice) for choice in [*part.get("oneOf", []), *part.get("anyOf", [])]]
    names = [name for name in map(name_of, choices) if name]
    for choice in choices:
        if len(names) > 1 and name_of(choice):
            choice = named_only(choice, names)
        walk(schema, choice, path, default, skip, rows)


def name_of(choice):
    """What tells a form from the others: its only key, or the word that it is."""
    keys = list(choice.get("properties", {}))
    if len(keys) == 1 and choice.get("required") == keys:
        return keys[0]
    return choice.get("const")


def named_only(choice, names):
    """A form of several: its key is required in it, and the form itself is not. What the form is stands at its key."""
    [(key, inner)] = choice.get("properties", {}).items() or [(None, None)]
    if key is None:
        return choice
    others = ", ".join(f"`{name}`" for name in names if name != key)
    what = inner.get("description") or choice.get("description", "")
    return {**choice, "required": [], "properties": {key: {**inner, "description": f"{what.rstrip('.')}. Or else {others}."}}}


def row(path, part, default, required):
    what = part.get("description", "").replace("<", "&lt;")
    limits = []
    if "enum" in part:
        choices = [choice for choice in part["enum"] if choice is not None]
        limits.append("one of " + ", ".join(f"`{choice}`" for choice in choices))
    if "minimum" in part or "maximum" in part:
        limits.append(f"{part.get('minimum', 0)} to {part['maximum']}" if "maximum" in part
                      else f"at least {part['minimum']}")
    if part.get("examples") and not is_by_language(part):
        limits.append("for example `" + json.dumps(part["examples"][0], ensure_ascii=False).strip('"') + "`")
    if limits:
        what = f"{what.rstrip('.')} ({'; '.join(limits)})."
    if default is None:
        default = part.get("default")
    if isinstance(default, dict) and default and part.get("properties"):
        default = None
    shown = "required" if required else "" if default in (None, "") else f"`{json.dumps(default)}`"
    return f"| `{path}` | {what} | {shown} |\n".replace("\n", " ").strip() + "\n"
