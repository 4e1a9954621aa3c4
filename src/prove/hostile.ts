import type { ExitCode } from '../model/gate.js';
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
const peakMaxMiB = 300;

/**
 * These open a session and answer inside it, only badly: with a result for every request of every client, with half a body that they call
 * whole, or with a redirect where an answer is due. And whatever cannot be read, the head of an answer can, and the handshake: the one with
 * the giant string accepts a notification with 200, an origin that nobody knows and a revision that there is not. An attack otherwise is
 * no answer, and leaves the run undecided.
 */
const convicted = new Set([
  'invalid-utf8-after-initialize',
  'length-too-short-after-initialize',
  'length-cuts-body-after-initialize',
  'length-too-long-after-initialize',
  'http-1.0-after-initialize',
  'redirect-to-other-host-after-initialize',
  'giant-string-after-initialize',
]);

export const expectedExitOf = (name: string): ExitCode => (convicted.has(name) ? 1 : 2);

export function hostileRow(
  name: string,
  { exit, ms, cpuMs, peakMiB, complaints, reports }: Survived,
): ProofRow {
  const expectedExit = expectedExitOf(name);
  const came = exit === undefined ? 'killed' : `exit ${exit}`;
  const wrong = [
    ...(exit === expectedExit ? [] : [`${came} where exit ${expectedExit} is due`]),
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
