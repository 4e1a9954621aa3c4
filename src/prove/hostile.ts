import type { ProofRow } from './prove.js';

/** What became of the process that examined a hostile peer. */
export interface Survived {
  /** Undefined where it had to be killed. */
  readonly exit: number | undefined;
  readonly ms: number;
  /** What it computed, which a busy machine does not lengthen as it does `ms`. */
  readonly cpuMs: number;
  readonly peakMiB: number;
  /** What it wrote to standard error besides the verdict. */
  readonly complaints: readonly string[];
  /** The text of each report, by its file name. */
  readonly reports: Readonly<Record<string, string>>;
}

const cpuMaxMs = 15_000;
const peakMaxMiB = 500;

/**
 * An attack is no answer, and leaves the run undecided. Inside of a session that it opened, what the attack leaves out or spoils may be
 * a failure as well, where it is so each time.
 */
export const expectedExitOf = (name: string): '2' | '1 or 2' =>
  name.includes('-after-initialize') ? '1 or 2' : '2';

export function hostileRow(
  name: string,
  { exit, ms, cpuMs, peakMiB, complaints, reports }: Survived,
): ProofRow {
  const expectedExit = expectedExitOf(name);
  const came = exit === undefined ? 'killed' : `exit ${exit}`;
  const wrong = [
    ...(expectedExit.includes(String(exit)) ? [] : [`${came} where exit ${expectedExit} is due`]),
    ...(cpuMs <= cpuMaxMs ? [] : [`the run computed for ${cpuMs} ms, more than ${cpuMaxMs} ms`]),
    ...(peakMiB <= peakMaxMiB ? [] : [`the run held ${peakMiB} MiB, more than ${peakMaxMiB} MiB`]),
    ...complaints,
    ...Object.entries(reports).flatMap(([file, text]) => executable(file, text)),
  ];
  return { group: 'hostile', name, expected: [`exit ${expectedExit}`], came: [came], wrong, ms, peakMiB };
}

/** What a terminal, a browser or an XML reader would act on. JSON escapes what a terminal obeys, and its text is not rendered. */
function executable(file: string, text: string): readonly string[] {
  const outside = file.endsWith('.json') ? '' : text.replaceAll(/<!\[CDATA\[.*?\]\]>/gs, '');
  return [
    ...(terminalControls.test(text) ? [`${file} holds a control character`] : []),
    ...(/<(script|img|b)\b|<\/style/i.test(outside) ? [`${file} holds markup of the peer`] : []),
    ...(file.endsWith('.xml') && !isWellFormed(text) ? [`${file} is no XML`] : []),
  ];
}

// All but line breaks and tabs; the last two ranges turn the direction of what follows.
const terminalControls = /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u;

const piece =
  /<\?[^?]*\?>|<!\[CDATA\[.*?\]\]>|<(?<open>[\w.-]+)(?:\s+[\w.:-]+="(?:[^<&"]|&(?:\w+|#\w+);)*")*\s*(?<empty>\/?)>|<\/(?<close>[\w.-]+)>|(?:[^<&]|&(?:\w+|#\w+);)+/gsy;
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Whether a text is well-formed XML, as far as reports go: no document type, no comments. */
export function isWellFormed(text: string): boolean {
  if (forbidden.test(text)) return false;
  const open: string[] = [];
  let at = 0;
  for (const match of text.matchAll(piece)) {
    const { open: opened, empty, close: closed } = match.groups ?? {};
    if (opened !== undefined && empty === '') open.push(opened);
    if (closed !== undefined && open.pop() !== closed) return false;
    at = match.index + match[0].length;
  }
  return at === text.length && open.length === 0;
}
