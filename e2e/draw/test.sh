#!/usr/bin/env bash
# Three verifiers of draws that know nothing of each other agree: ours, one in Python and the one for
# browsers, both written from libs/draw/README.md. On the committed vectors with every member altered
# in turn, and on 1,000 random draws.
set -euo pipefail
cd "$(dirname "$0")/../.."

[ -n "${FAIRTERMIN_BUILT:-}" ] || cargo build --locked --quiet -p e2e --bin draws -p fairtermin
vectors=libs/draw/vectors
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
target/debug/draws 1000 "${SEED:-1}" >"$work/draws"
python3 e2e/draw/verify.py --compare "$vectors" <"$work/draws"
vendor=libs/draw/browser/vendor
grep -q "$(sha256sum <"$vendor/noble-bls12-381.js" | cut -d" " -f1)" "$vendor/README.md"
node e2e/draw/verify_browser.mjs "$vectors" <"$work/draws"

# What the program prints, and its exit codes.
expect() {
  local code=$1 text=$2
  shift 2
  local got=0
  target/debug/fairtermin verify-draw "$@" >"$work/out" 2>&1 || got=$?
  if [ "$got" != "$code" ] || ! grep -q "$text" "$work/out"; then
    echo "verify-draw $*: exit code $got, not $code, or not '$text':"
    cat "$work/out"
    exit 1
  fi
}
expect 0 'This draw holds' "$vectors/0.proof.json" --receipt "$vectors/0.receipt.txt" --wishes "$vectors/0.wishes.json"
expect 0 'Not shown: seats, own' "$vectors/1.proof.json" --receipt "$vectors/1.receipt.txt"
python3 - "$vectors/0.proof.json" "$work/unsigned.json" <<'END'
import json, re, sys
proof = json.load(open(sys.argv[1]))
for logged in proof["log"].values():
    logged["proof"] = re.sub("— witness.example .*\n", "", logged["proof"])
json.dump(proof, open(sys.argv[2], "w"), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
END
expect 3 'not shown to be right: log' "$work/unsigned.json"
expect 1 'does not hold: receipt' "$vectors/0.proof.json" --receipt "$vectors/1.receipt.txt"
key=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["announcement"]["receipts"])' "$vectors/0.proof.json")
expect 1 'log of another key' "$vectors/0.proof.json" --log-key "$key"
expect 2 'cannot read --log-key' "$vectors/0.proof.json" --log-key other
expect 2 'this is no receipt' "$vectors/0.proof.json" --receipt "$vectors/0.wishes.json"
sed 's/"companions":0/"companions":1/' "$vectors/0.proof.json" >"$work/altered.json"
expect 1 'does not hold: list' "$work/altered.json"
sed 's/,/, /' "$vectors/0.proof.json" >"$work/spaced.json"
expect 2 'not canonical JSON' "$work/spaced.json"
expect 2 'not a proof of a draw' "$vectors/0.wishes.json"
expect 2 'No such file' "$work/none.json"
echo "verify-draw: 11 runs as documented"

# The witness as a process of its own, and the auditor's files.
python3 e2e/draw/witness.py target/debug/fairtermin "$vectors" "$work"
auditor="target/debug/fairtermin auditor"
$auditor key "$work/auditor.key" 2>/dev/null | grep -E '^[0-9a-f]{64}$' >/dev/null
$auditor seed "$work/seed" --draw draw_1 2>/dev/null | grep -E '^[0-9a-f]{64}$' >/dev/null
echo "seed $($auditor reveal "$work/seed")" | cmp - "$work/seed"
if $auditor reveal "$work/auditor.key" 2>/dev/null; then
  echo "auditor reveal: printed the auditor's key"
  exit 1
fi
if $auditor seed "$work/seed" --draw draw_1 2>/dev/null; then
  echo "auditor seed: replaced a seed"
  exit 1
fi
echo "auditor: 5 runs as documented"
