import { mentionsIn } from '../../model/template.js';
import { ifKind } from './kinds.js';
import { suggestion } from '../schema/nearest.js';
import type { DocPath, Problem } from '../yaml/problem.js';
import type { RawStep, RawStepByKind, RawSuite } from '../../model/raw-suite.js';
import { shaped } from '../schema/schema.js';
import { runtimeNames, stepCost, substituted, type Arguments, type ExpansionBudget } from './variables.js';

/** A step of a check after the shared steps were put in, with the places it has in the check and in the file. */
export interface Site {
  readonly raw: RawStep;
  readonly at: DocPath;
  readonly path: string;
  readonly via?: DocPath | undefined;
  readonly children: readonly Site[];
}

/** What all checks of a file have in common. */
export interface FileContext {
  readonly suite: RawSuite;
  /** Shared lists that do not have the right shape; what uses them cannot be examined. */
  readonly broken: ReadonlySet<string>;
  /** Filled while the checks are expanded: the shared lists that some check needs. */
  readonly used: Set<string>;
  readonly budget: ExpansionBudget;
}

export interface Expanded {
  readonly sites: readonly Site[];
  readonly problems: readonly Problem[];
  /** False where steps are missing: what a rule says of the whole check would be beside the point then. */
  readonly complete: boolean;
}

/** The steps of a check with every `use` replaced by what it stands for. */
export function expand(steps: readonly RawStep[], at: DocPath, file: FileContext): Expanded {
  const problems: Problem[] = [];
  const used = new Set<string>();
  const sites = sitesOf(steps, at, '', {
    file,
    used,
    known: [...runtimeNames, ...savedIn(steps, file)],
    report: (problem) => problems.push(problem),
    inside: [],
  });
  used.forEach((name) => file.used.add(name));
  const isBroken = [...used].some((name) => file.broken.has(name)) || file.budget.left < 0;
  return { sites, problems, complete: problems.length === 0 && !isBroken };
}

/** Where steps come from: the check itself, or a `use` within it. */
interface UseContext {
  readonly file: FileContext;
  readonly used: Set<string>;
  /** What has a value while the check runs. */
  readonly known: readonly string[];
  readonly report: (problem: Problem) => void;
  readonly via?: DocPath;
  readonly args?: Arguments;
  /** Shared lists that are being put in, the outermost first. */
  readonly inside: readonly string[];
}

function sitesOf(steps: readonly RawStep[], at: DocPath, prefix: string, frame: UseContext): readonly Site[] {
  return steps.flatMap((step, index) => siteOf(step, [...at, index], `${prefix}${index}`, frame));
}

function siteOf(step: RawStep, at: DocPath, path: string, frame: UseContext): readonly Site[] {
  const { args, ...outer } = frame;
  if (args === undefined) {
    reportUnknown(step, at, frame);
    return placed(step, at, path, outer);
  }
  frame.file.budget.left -= stepCost;
  const raw = substituted(step, args, frame.file.budget);
  if (frame.file.budget.left < 0) return [];
  const { value, problems } = shaped('step', raw, at);
  for (const problem of problems) frame.report({ ...problem, via: frame.via });
  // What stands inside was filled in together with the step.
  return value === undefined ? [] : placed(value, at, path, outer);
}

function placed(raw: RawStep, at: DocPath, path: string, frame: UseContext): readonly Site[] {
  const used = ifKind('use', raw);
  if (used !== undefined)
    return rowsOf(used).flatMap(({ index, ...row }) =>
      usedSites(used.use, row, at, index === undefined ? path : `${path}.${index}`, frame),
    );
  const { via } = frame;
  const opened = ifKind('open', raw);
  if (opened !== undefined && typeof opened.open !== 'string') {
    const site = (open: string, index: number): Site => ({
      raw: { ...opened, open },
      at,
      path: `${path}.${index}`,
      via,
      children: [],
    });
    return opened.open.map(site);
  }
  const branches = ifKind('parallel', raw)?.parallel;
  const iterated = ifKind('repeat', raw)?.do;
  const children = branches
    ? sitesOf(branches, [...at, 'parallel'], `${path}.`, frame)
    : iterated
      ? sitesOf(iterated, [...at, 'do'], `${path}.do.`, frame)
      : [];
  return [{ raw, at, path, via, children }];
}

/** What a shared list is put in with, and where in the `use` each argument stands. */
interface Row {
  readonly args: Arguments;
  readonly placeOf: (argument: string) => DocPath;
}

/** One row, or as many as the table under `each` has. */
function rowsOf({
  with: given = {},
  each,
}: RawStepByKind['use']): readonly (Row & { readonly index?: number })[] {
  if (each === undefined) return [{ args: given, placeOf: (argument) => ['with', argument] }];
  return each.map((row, index) => ({
    args: { ...given, ...row },
    placeOf: (argument) => (Object.hasOwn(row, argument) ? ['each', index, argument] : ['with', argument]),
    index,
  }));
}

function usedSites(
  name: string,
  { args, placeOf }: Row,
  at: DocPath,
  path: string,
  frame: UseContext,
): readonly Site[] {
  const { shared = {} } = frame.file.suite;
  const via = frame.via ?? at;
  const report = (message: string, below: DocPath): void =>
    frame.report({ at: [...at, ...below], message, via: frame.via });
  frame.used.add(name);
  if (frame.file.broken.has(name)) return [];
  const steps = Object.hasOwn(shared, name) ? shared[name] : undefined;
  if (steps === undefined)
    report(`no shared steps \`${name}\`${suggestion(name, Object.keys(shared))}`, ['use']);
  if (frame.inside.includes(name))
    report(`\`${name}\` uses itself: ${[...frame.inside, name].join(' → ')}`, ['use']);
  if (steps === undefined || frame.inside.includes(name)) return [];
  const wanted = parametersOf(steps, frame.file);
  const missing = wanted.filter((parameter) => !Object.hasOwn(args, parameter));
  const unused = Object.keys(args).filter((argument) => !wanted.includes(argument));
  missing.forEach((parameter) =>
    report(`\`${name}\` needs a value for \`${parameter}\` under \`with\``, ['use']),
  );
  unused.forEach((argument) =>
    report(`\`${name}\` has no \`\${${argument}}\`${suggestion(argument, wanted)}`, placeOf(argument)),
  );
  if (missing.length > 0) return [];
  return sitesOf(steps, ['shared', name], `${path}.`, {
    ...frame,
    via,
    args,
    inside: [...frame.inside, name],
  });
}

function parametersOf(steps: readonly RawStep[], file: FileContext): readonly string[] {
  const names = new Set(mentionsIn(steps).map(({ name }) => name));
  const known = new Set([...runtimeNames, ...savedIn(steps, file)]);
  return [...names].filter((name) => !known.has(name));
}

function reportUnknown(raw: RawStep, at: DocPath, frame: UseContext): void {
  // The steps inside are looked at on their own.
  const own = Object.entries(raw).filter(([key]) => key !== 'parallel' && key !== 'do');
  const mentions = own.flatMap(([key, value]: [string, unknown]) => mentionsIn(value, [...at, key]));
  for (const { name, at: place } of mentions.filter((mention) => !frame.known.includes(mention.name)))
    frame.report({
      at: place,
      message: `nothing gives \`\${${name}}\` a value here${suggestion(name, frame.known)}`,
    });
}

/** The names under which steps save something of what they get, those in shared steps that they use included. */
function savedIn(
  steps: readonly RawStep[],
  { suite: { shared = {} }, broken }: Pick<FileContext, 'suite' | 'broken'>,
): readonly string[] {
  const seen = new Set(broken);
  // Until it is filled in, an argument stands for a whole step, or for all steps of a group.
  const within = (inner: readonly (RawStep | string)[] | string): readonly string[] => {
    if (typeof inner === 'string') return [];
    return inner.flatMap((step) => {
      if (typeof step === 'string') return [];
      const used = ifKind('use', step)?.use;
      // Once is enough, however often and however deep it is used.
      if (used !== undefined && (seen.has(used) || !Object.hasOwn(shared, used))) return [];
      if (used !== undefined) seen.add(used);
      const nested =
        ifKind('parallel', step)?.parallel ??
        ifKind('repeat', step)?.do ??
        (used === undefined ? undefined : shared[used]);
      if (nested !== undefined) return within(nested);
      return 'save' in step ? Object.keys(step.save ?? {}) : [];
    });
  };
  return within(steps);
}
