#!/usr/bin/env bash
# What action.yml runs: the command line from the inputs, and its outcome as outputs. The summary of the step and the annotations are
# written by sessionspec itself.
set -uo pipefail

arguments=(run)
option() { if [[ -n $2 ]]; then arguments+=("$1" "$2"); fi; }

config=${INPUT_CONFIG:-}
if [[ -z $config && -z ${INPUT_URL:-} && -z ${INPUT_SERVER:-} && -f sessionspec.yaml ]]; then config=sessionspec.yaml; fi

if [[ -n ${INPUT_URL:-} ]]; then arguments+=("$INPUT_URL"); fi
option --server "${INPUT_SERVER:-}"
option --config "$config"
option --profile "${INPUT_PROFILE:-}"
option --baseline "${INPUT_BASELINE:-}"
option --fail-on "${INPUT_FAIL_ON:-}"
while IFS= read -r suite; do option --suite "${suite%$'\r'}"; done <<<"${INPUT_SUITES:-}"
while read -r name value; do
  if [[ -n $name ]]; then arguments+=("$name"); fi
  if [[ -n $value ]]; then arguments+=("$value"); fi
done <<<"${INPUT_OPTIONS:-}"

# The action comes with the package; a checkout that is not built has only the recipe.
package=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
command=(npx --yes "sessionspec${INPUT_VERSION:+@$INPUT_VERSION}")
if [[ -z ${INPUT_VERSION:-} && -f $package/dist/cli.js ]]; then command=(node "$package/dist/cli.js"); fi

output=${INPUT_OUTPUT:-sessionspec-report}
# A report of an earlier step would be taken for the one of this.
rm -f "$output/report.json"
"${command[@]}" "${arguments[@]}" \
  --reporter terminal,json,junit,html --output "$output"
exit=$?

report=
verdict='nothing was examined'
if [[ -f $output/report.json ]]; then
  report=$(cd "$output" && pwd)/report.json
  verdict=$(node -p 'JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8")).gate.sentence' "$report")
fi
# A line of its own each, whatever a server made it say.
{
  printf 'exit=%s\n' "$exit"
  printf 'verdict=%s\n' "${verdict//[$'\r\n']/ }"
  printf 'report=%s\n' "$report"
} >>"$GITHUB_OUTPUT"
