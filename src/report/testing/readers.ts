import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import ajvDraft04 from 'ajv-draft-04';
import ajvFormats from 'ajv-formats';
import { validateStrict } from 'ctrf';
import type { Log } from 'sarif';
import { Parser } from 'tap-parser';
import type { Outcome } from '../outcome.js';
import { all, parseXml, type Element } from './xml.js';

/** What a reader who knows only the format finds in a report: the checks by their outcome, in order. */
export type Found = Readonly<Record<Outcome, readonly string[]>>;

function foundIn(points: readonly { readonly name: string; readonly outcome: Outcome }[]): Found {
  const named = (wanted: Outcome) =>
    points.filter(({ outcome }) => outcome === wanted).map(({ name }) => name);
  return {
    passed: named('passed'),
    failed: named('failed'),
    undecided: named('undecided'),
    skipped: named('skipped'),
  };
}

/** What the schema of Jenkins' xUnit plugin, and of those who took it over, lets stand where, with the attributes. */
const junitSchema: Readonly<Record<string, { readonly children: RegExp; readonly attributes: RegExp }>> = {
  testsuites: { children: /^testsuite$/, attributes: /^(name|tests|failures|errors|skipped|disabled|time)$/ },
  testsuite: {
    children: /^(properties|testcase|system-out|system-err)$/,
    attributes: /^(name|tests|failures|errors|skipped|disabled|time|timestamp|hostname|id|package)$/,
  },
  properties: { children: /^property$/, attributes: /^$/ },
  property: { children: /^$/, attributes: /^(name|value)$/ },
  testcase: {
    children: /^(skipped|error|failure|system-out|system-err)$/,
    attributes: /^(name|classname|time|status|assertions|file)$/,
  },
  failure: { children: /^$/, attributes: /^(message|type)$/ },
  error: { children: /^$/, attributes: /^(message|type)$/ },
  skipped: { children: /^$/, attributes: /^message$/ },
  'system-out': { children: /^$/, attributes: /^$/ },
  'system-err': { children: /^$/, attributes: /^$/ },
};

export function readJunit(text: string): Found {
  const root = parseXml(text);
  if (root.name !== 'testsuites') throw new Error(`the root is ${root.name}`);
  checkJunit(root);
  for (const element of [root, ...all(root, 'testsuite')]) {
    const cases = all(element, 'testcase');
    const counted = {
      tests: cases.length,
      failures: all(element, 'failure').length,
      errors: all(element, 'error').length,
      skipped: all(element, 'skipped').length,
    };
    for (const [name, count] of Object.entries(counted))
      if (Number(element.attributes[name]) !== count)
        throw new Error(`${element.name}: ${name} is not ${count}`);
  }
  return foundIn(
    all(root, 'testcase').map((element) => ({
      name: element.attributes['name'] ?? '',
      outcome: outcomeOf(element),
    })),
  );
}

function outcomeOf({ children }: Element): Outcome {
  const names = new Set(children.map(({ name }) => name));
  if (names.has('failure')) return 'failed';
  if (names.has('error')) return 'undecided';
  return names.has('skipped') ? 'skipped' : 'passed';
}

function checkJunit({ name, attributes, children }: Element): void {
  const rule = junitSchema[name];
  if (rule === undefined) throw new Error(`no element ${name}`);
  for (const key of Object.keys(attributes))
    if (!rule.attributes.test(key)) throw new Error(`${name} has no attribute ${key}`);
  for (const child of children) {
    if (!rule.children.test(child.name)) throw new Error(`${child.name} may not stand in ${name}`);
    checkJunit(child);
  }
}

export function readCtrf(text: string): Found {
  const read: unknown = JSON.parse(text);
  validateStrict(read);
  const { tests, summary } = read.results;
  const outcomes = { passed: 'passed', failed: 'failed', other: 'undecided', skipped: 'skipped' } as const;
  for (const [status, count] of Object.entries({ ...summary, tests: undefined }))
    if (status in outcomes && tests.filter((one) => one.status === status).length !== count)
      throw new Error(`the summary counts otherwise: ${status}`);
  if (summary.tests !== tests.length || summary.pending !== 0)
    throw new Error('the summary counts otherwise');
  return foundIn(
    tests.map(({ name, status }) => {
      if (status === 'pending') throw new Error('nothing is pending');
      return { name, outcome: outcomes[status] };
    }),
  );
}

export function readTap(text: string): Found & { readonly bailed: boolean } {
  const events = Parser.parse(text, { strict: true });
  const points: { readonly name: string; readonly outcome: Outcome }[] = [];
  let bailed = false;
  for (const [kind, told] of events) {
    if (kind === 'extra') throw new Error(`no TAP: ${String(told)}`);
    if (kind === 'bailout') bailed = true;
    if (kind !== 'assert') continue;
    if (told.tapError !== null) throw new Error(String(told.tapError));
    if (told.todo !== false) throw new Error('nothing is to be done');
    const name = told.name.split(/:(?: |$)/)[0] ?? '';
    const { severity }: { readonly severity?: unknown } = told.diag ?? {};
    if (!told.ok && severity !== 'fail' && severity !== 'error') throw new Error('no diagnosis');
    const red = severity === 'fail' ? 'failed' : 'undecided';
    points.push({ name, outcome: !told.ok ? red : told.skip === false ? 'passed' : 'skipped' });
  }
  return { ...foundIn(points), bailed };
}

const schemaFile = createRequire(import.meta.url).resolve(
  '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
);
const sarifAjv = new ajvDraft04.default({ strict: false, allErrors: true, unicodeRegExp: false });
ajvFormats.default(sarifAjv);
const isSarif = sarifAjv.compile<Log>(JSON.parse(readFileSync(schemaFile, 'utf8')));

function namesOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) throw new Error('no list of names');
  return value.map(String);
}

export interface FoundInSarif {
  readonly failed: readonly string[];
  readonly warnings: readonly string[];
  readonly undecided: number;
  /** Entries of a baseline that do not hold. */
  readonly broken: number;
  readonly excused: number;
  readonly levels: readonly string[];
}

export function readSarif(text: string): FoundInSarif {
  const log: unknown = JSON.parse(text);
  if (!isSarif(log)) throw new Error(sarifAjv.errorsText(isSarif.errors));
  const [run, ...others] = log.runs;
  if (run === undefined || others.length > 0) throw new Error('one run is expected');
  const { rules = [] } = run.tool.driver;
  if (new Set(rules.map(({ id }) => id)).size !== rules.length) throw new Error('a rule stands twice');
  const results = run.results ?? [];
  for (const { ruleId, ruleIndex = -1 } of results)
    if (rules[ruleIndex]?.id !== ruleId) throw new Error(`${ruleId} is no rule at ${ruleIndex}`);
  const namesIn = (key: 'failed' | 'warnings') =>
    results.flatMap(({ properties }) => namesOf(properties?.[key]));
  return {
    failed: namesIn('failed'),
    warnings: namesIn('warnings'),
    undecided: (run.invocations?.[0]?.toolExecutionNotifications ?? []).filter(
      ({ level }) => level === 'error',
    ).length,
    broken: (run.invocations?.[0]?.toolConfigurationNotifications ?? []).length,
    excused: results.filter(({ suppressions = [] }) => suppressions.length > 0).length,
    levels: results.map(({ level = '' }) => level),
  };
}

export interface Annotation {
  readonly command: string;
  readonly title: string;
  readonly text: string;
}

/** As GitHub's runner reads lines: every one has to be a command of the two that are expected. */
export function readAnnotations(text: string): readonly Annotation[] {
  if (text !== '' && !text.endsWith('\n')) throw new Error('the last line has no end');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const {
        command = '',
        title = '',
        data = '',
      } = /^::(?<command>error|warning) title=(?<title>[^:,\r]*)::(?<data>[^\r]*)$/.exec(line)?.groups ?? {};
      if (command === '') throw new Error(`no command: ${line}`);
      return { command, title: unescaped(title), text: unescaped(data) };
    });
}

function unescaped(text: string): string {
  const escapes: Readonly<Record<string, string>> = {
    '3A': ':',
    '2C': ',',
    '0A': '\n',
    '0D': '\r',
    '25': '%',
  };
  return text.replaceAll(/%(..)/g, (_, code: string) => {
    const char = escapes[code];
    if (char === undefined) throw new Error(`%${code} is no escape of the runner`);
    return char;
  });
}
