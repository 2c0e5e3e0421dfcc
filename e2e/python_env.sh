# Sourced by suites with Python programs.
#
#   python_env FOLDER REQUIREMENTS   makes an environment there: once, and anew if the list changed
#                                    or the folder was moved (its programs name their interpreter)
python_env() {
  mkdir -p "$1"
  python_env_made="$1/made-$({ cat "$2"; cd "$1" && pwd; } | cksum | tr ' ' '-')"
  [ ! -e "$python_env_made" ] || return 0
  python3 -m venv --clear "$1"
  "$1/bin/pip" --quiet --disable-pip-version-check install --no-compile -r "$2"
  touch "$python_env_made"
}
