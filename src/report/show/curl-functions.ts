/** Functions of the shell that every script has. */
export const preamble = `
work=$(mktemp -d) || exit 2
streams=
differs=0
trap 'kill $streams 2>/dev/null; rm -rf "$work"' EXIT

# send N ...: one request; its head and its body stand in files. In the background it ends with its process.
send() { (begin "$@"); }
begin() {
  n=$1; shift
  exec curl -sS -N --globoff -o "$work/$n.body" -D "$work/$n.head" -H 'Expect:' "$@" 2> "$work/$n.error"
}
status() { awk '/^HTTP\\// { s = $2 } END { print s == "" ? "none" : s }' "$work/$1.head" 2> /dev/null || echo none; }
field() { awk -v n="$2" '{ i = index($0, ":") } tolower(substr($0, 1, i - 1)) == n { v = substr($0, i + 1); gsub(/^ +|\\r$/, "", v); print v; exit }' "$work/$1.head"; }
# soon FILE PATTERN: waits until a line of the file matches, for five seconds at most.
soon() { i=0; until grep -q "$2" "$work/$1" 2> /dev/null || [ $i -ge 100 ]; do i=$((i + 1)); sleep 0.05; done; }
event() { soon "$1.body" '^id:'; sed -n 's/^id: *//p' "$work/$1.body" | sed -n "$2p" | tr -d '\\r'; }
# answer N NAME: the first text of that name in an answer.
answer() { tr -d '\\n' < "$work/$1.body" | grep -o "\\"$2\\" *: *\\"[^\\"]*\\"" | head -n 1 | sed 's/.*: *"//; s/"$//'; }
# came N WORDS WANTED: what came, and whether the run got the same.
came() {
  got=$(status "$1")
  printf '#%-4s %-5s %s\\n' "$1" "$got" "$2"
  [ "$got" = "$3" ] || { differs=$((differs + 1)); echo "            the run got $3"; }
}
# judged N WORDS: what would have been accepted, and the beginning of what came.
judged() {
  echo "            acceptable: $2"
  [ -s "$work/$1.body" ] && echo "            came: $(head -c 300 "$work/$1.body" | tr -d '\\000-\\010\\013-\\037\\177')"
  return 0
}`.split('\n');

/** For bytes that curl would not send. */
export const rawPreamble = `
HOST=$(printf %s "$URL" | sed 's|^[a-z]*://||; s|[/?].*||')
TARGET=/$(printf %s "$URL" | sed 's|^[a-z]*://[^/?]*/*||')
# wire SECONDS: sends the bytes of standard input as they are.
wire() {
  case $HOST in *:*) peer=$HOST ;; *) peer=$HOST:$(case $URL in https:*) echo 443 ;; *) echo 80 ;; esac) ;; esac
  case $URL in
    https:*) openssl s_client -quiet -connect "$peer" 2> /dev/null ;;
    *) curl -sS -N --max-time "$1" "telnet://$peer" 2> /dev/null ;;
  esac
}`.split('\n');

/** For ids that are made of issued ones. */
export const alterPreamble = `
# alter HOW ID: an id that looks like an issued one and is none.
alter() {
  case $1 in
    truncated) printf %s "$2" | sed 's/.$//' ;;
    first-half) printf %s "$2" | awk '{ print substr($0, 1, int(length($0) / 2)) }' ;;
    first-eight) printf %s "$2" | cut -c1-8 ;;
    extended) printf %s "\${2}0" ;;
    prefixed) printf %s "0$2" ;;
    unhyphenated) printf %s "$2" | tr -d - ;;
    spaced-inside) printf %s "$2" | awk '{ h = int(length($0) / 2); print substr($0, 1, h) " " substr($0, h + 1) }' ;;
    case-flipped | case-swapped) printf %s "$2" | tr 'a-zA-Z' 'A-Za-z' ;;
    *) printf %s "$2" | awk -v how="$1" '{
        h = int(length($0) / 2); s = substr($0, 1, h); t = substr($0, h + 1)
        if (how == "look-alike") { if (!sub(/0/, "O", t) && !sub(/1/, "l", t) && !sub(/5/, "S", t)) sub(/-/, "_", t); print s t; exit }
        for (i = 1; i <= length(t); i++) {
          c = substr(t, i, 1); k = index("0123456789abcdef", c)
          if (k == 0 || (length($0) == 36 && h + i == 20)) s = s c
          else s = s substr("1234567890bcdefa", k, 1)
        }
        print s
      }' ;;
  esac
}`.split('\n');
