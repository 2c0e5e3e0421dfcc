#!/usr/bin/env bash
# Clients in Go, Java and Rust, made by public generators from the OpenAPI documents of the four services alone: they
# compile, and a program in Go books with its types. `make test` has those in Python and TypeScript, which also run
# (e2e/agency); these take minutes to fetch and to compile: by `make test-clients`.
#
# Go by oapi-codegen, Java and Rust by openapi-generator. Needs Go 1.25, a JDK 17 and Maven, and Cargo. Everything stays
# below target/clients.
#
#   e2e/clients/test.sh [go] [java] [rust]     all of them if none is named
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=${CARGO_TARGET_DIR:-$root/target}/clients
services=(slot identity notification portal)
languages=("$@")
[ $# -gt 0 ] || languages=(go java rust)

for program in go java mvn cargo python3; do
  command -v $program >/dev/null || { echo "clients: $program is missing (apt-get install openjdk-17-jdk-headless maven; Go 1.25 from go.dev)" >&2; exit 1; }
done
mkdir -p "$work"
. "$root/e2e/python_env.sh"
python_env "$work/env" "$here/requirements.txt"
document() { echo "$root/services/$1/api/openapi.json"; }

# generate NAME SERVICE OPTION...: a client of the service by openapi-generator, in $work/NAME/SERVICE.
generate() {
  rm -rf "${work:?}/$1/$2"
  "$work/env/bin/openapi-generator-cli" generate -g "$1" -i "$(document "$2")" -o "$work/$1/$2" \
    --global-property apiDocs=false,modelDocs=false,apiTests=false,modelTests=false "${@:3}" >"$work/$1-$2.log" 2>&1 ||
    { grep -E 'ERROR|Exception|errors?:' "$work/$1-$2.log" | head -20 >&2; echo "clients: no $1 client of $2" >&2; exit 1; }
}

clients_in_go() {
  mkdir -p "$work/go"
  cp -r "$here/go/." "$work/go/"
  cd "$work/go"
  for service in "${services[@]}"; do
    mkdir -p "$service"
    # It would prune the schemas of the section `webhooks`, whose types it makes nevertheless.
    go run github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2 \
      -generate types,client,skip-prune -package "$service" -o "$service/client.go" "$(document "$service")"
  done
  go mod tidy
  go vet ./...
}

clients_in_java() {
  for service in "${services[@]}"; do
    generate java "$service" --library native \
      --additional-properties="groupId=example,artifactId=$service,invokerPackage=example.$service,apiPackage=example.$service.api,modelPackage=example.$service.model"
    mvn -q -B -f "$work/java/$service/pom.xml" -Dmaven.test.skip=true compile
  done
}

clients_in_rust() {
  for service in "${services[@]}"; do
    generate rust "$service" --library reqwest --additional-properties="packageName=${service}_client"
  done
  printf '[workspace]\nresolver = "2"\nmembers = ["slot", "identity", "notification", "portal"]\n' >"$work/rust/Cargo.toml"
  # Without TLS: it would only compile the C code of a TLS library.
  CARGO_TARGET_DIR=$work/rust/target cargo check --quiet --manifest-path "$work/rust/Cargo.toml" --workspace --no-default-features
}

for language in "${languages[@]}"; do
  began=$SECONDS
  ("clients_in_$language")
  echo "ok  $language: clients of ${#services[@]} services compile ($((SECONDS - began)) s)"
done
