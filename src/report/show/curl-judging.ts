/** For scripts of a finding: what an answer is, and what was found. A shell reads no JSON, so lines are searched. */
export const judging = String.raw`
# hasStatus N CODE...: a class such as 2xx is a code as well.
hasStatus() {
  s=$(status "$1"); shift
  for code in "$@"; do
    case $code in ?xx) [ "$s" != none ] && [ "$(printf %.1s "$s")" = "$(printf %.1s "$code")" ] && return 0 ;; "$s") return 0 ;; esac
  done
  return 1
}
# body N: a message on each line. Bytes that were sent as they are bring the head along.
body() {
  if [ -e "$work/$1.body" ]; then cat "$work/$1.body"; else tr -d '\r' < "$work/$1.head" | sed '1,/^$/d'; fi |
    if isStream "$1"; then sed -n 's/^data: *//p'; else tr -d '\r\n'; echo; fi
}
isStream() { grep -qi '^content-type: *text/event-stream' "$work/$1.head" 2> /dev/null; }
isEmpty() { [ -z "$(body "$1" 2> /dev/null)" ]; }
# kindOf N ID: what answers the request: result, tool-error, error or none.
kindOf() {
  body "$1" 2> /dev/null | awk -v id="$2" '
    function has(what) { return match($0, "\"" what "\" *: *") }
    {
      mine = id == ""
      rest = $0
      while (!mine && (at = match(rest, /"id" *: */))) {
        rest = substr(rest, RSTART + RLENGTH)
        mine = substr(rest, 1, length(id)) == id && substr(rest, length(id) + 1, 1) ~ /[ ,}\]]/
      }
      if (has("result") && mine) { print has("isError") && substr($0, RSTART + RLENGTH, 4) == "true" ? "tool-error" : "result"; found = 1; exit }
      if (has("error") && !has("result") && (mine || !has("id") || substr($0, RSTART + RLENGTH, 4) == "null")) { print "error"; found = 1; exit }
    }
    END { if (!found) print "none" }'
}
isKind() {
  k=$(kindOf "$1" "$2"); shift 2
  for one in "$@"; do [ "$k" = "$one" ] && return 0; done
  return 1
}
hasCode() {
  n=$1; shift
  for code in "$@"; do body "$n" 2> /dev/null | grep -q "\"code\" *: *$code *[,}]" && return 0; done
  return 1
}
isField() {
  f=$(field "$1" "$2" 2> /dev/null); shift 2
  for one in "$@"; do [ "$f" = "$one" ] && return 0; done
  return 1
}
isVisible() { ! field "$1" "$2" 2> /dev/null | LC_ALL=C grep -q '[^!-~]'; }
says() {
  n=$1; shift
  for one in "$@"; do body "$n" 2> /dev/null | grep -qF -e "$one" -e "$(printf %s "$one" | sed 's/["\\]/\\&/g')" && return 0; done
  return 1
}
# isClass N KIND ID NONCE SENT CLASS...: the classes of answers that profiles know.
isClass() {
  c=$(classOf "$@"); shift 5
  for one in "$@"; do [ "$c" = "$one" ] && return 0; done
  return 1
}
late() { grep -q '(28)' "$work/$1.error" 2> /dev/null; }
classOf() {
  s=$(status "$1")
  case $s in
    none) if late "$1"; then echo no-answer; else echo dropped; fi; return ;;
    400 | 401 | 403 | 404 | 405 | 409) echo "$s"; return ;;
    4* | 5*) echo "$(printf %.1s "$s")xx"; return ;;
    2*) ;;
    *) echo other; return ;;
  esac
  case $2 in request | initialize) k=$(kindOf "$1" "$3") ;; *) k=$(kindOf "$1" '') ;; esac
  case $s in 202 | 204) taken=accepted ;; *) taken= ;; esac
  if [ "$2" = get ] && isStream "$1"; then echo served
  elif [ "$k" = error ]; then if [ "$2" != get ] && [ -n "$4" ] && says "$1" "$4"; then echo served; else echo error; fi
  elif [ "$2" = get ]; then echo "$(or "$taken" other)"
  elif [ "$2" = delete ] || [ "$2" = notification ]; then or "$taken" served
  elif [ "$k" = none ]; then or "$taken" "$(if late "$1"; then echo no-answer; else echo other; fi)"
  elif [ "$2" = request ]; then echo served
  else
    f=$(field "$1" mcp-session-id)
    if [ -z "$f" ]; then echo no-session; elif [ "$f" = "$5" ]; then echo adopted; else echo new-session; fi
  fi
}
or() { if [ -n "$1" ]; then echo "$1"; else echo "$2"; fi; }
: > "$work/unmet"; : > "$work/faulty"; : > "$work/open"
saw() {
  s=$(status "$1")
  if [ "$s" = none ]; then echo "  #$1 got none; acceptable: $2"; else echo "  #$1 got $s with $(kindOf "$1" ''); acceptable: $2"; fi
}
met() { :; }
accepted() { :; }
unmet() { saw "$@" >> "$work/unmet"; }
faulty() { saw "$@" >> "$work/faulty"; }
open() { saw "$@" >> "$work/open"; }
look() {
  if [ "$1" -lt 0 ]; then echo "  $2" >> "$work/open"; return; fi
  echo "  #$1: $2" >> "$work/open"
  [ -s "$work/$1.body" ] && echo "#$1 in the end: $(head -c 1000 "$work/$1.body" | tr -s '\000-\037\177' ' ')"
  return 0
}
conclude() {
  if [ -s "$work/unmet" ]; then echo 'undecided: what has to succeed before did not'; cat "$work/unmet"; exit 2; fi
  if [ -s "$work/faulty" ]; then echo 'reproduced'; cat "$work/faulty"; exit 1; fi
  if [ -s "$work/open" ]; then echo 'undecided: a script cannot tell; look at'; cat "$work/open"; exit 2; fi
  echo 'no longer reproduced'
  exit 0
}`.split('\n');
