import { spawn } from 'node:child_process';
import self from 'node:process';

/** Ends process groups when this process ends first, even where it is killed: the pipe to a shell of its own closes then. */
export interface Guard {
  readonly watch: (group: number) => void;
  readonly forget: (group: number) => void;
  /** Nothing is left to end. */
  readonly close: () => void;
}

export function startGuard(): Guard | undefined {
  if (self.platform === 'win32') return undefined;
  const shell = spawn('/bin/sh', ['-c', guarding, 'guard'], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: {},
  });
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  shell.unref();
  const tell = (line: string) => {
    if (shell.stdin.writable) shell.stdin.write(`${line}\n`);
  };
  return {
    watch: (group) => tell(`+ ${group}`),
    // Its number may become another's.
    forget: (group) => tell(`- ${group}`),
    close: () => {
      if (shell.stdin.writable) shell.stdin.end('over\n');
    },
  };
}

const guarding = `groups=
while read -r does group; do
  case $does in
    over) exit 0 ;;
    +) groups="$groups $group" ;;
    -) left=; for one in $groups; do [ "$one" = "$group" ] || left="$left $one"; done; groups=$left ;;
  esac
done
for one in $groups; do kill -s KILL -- "-$one" 2>/dev/null; done`;
