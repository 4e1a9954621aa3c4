import { mentionsIn } from '../../../model/template.js';
import { readPath } from '../../../model/value-path.js';
import { isExchange } from '../../../model/request-kind.js';
import { suggestion } from '../../schema/nearest.js';
import type { Expectation } from '../../../model/rule.js';
import type { DocPath, Problem } from '../../yaml/problem.js';
import type { Placed } from '../build.js';
import { problemAt, type CheckRule } from '../check-rule.js';
import { runtimeNames } from '../variables.js';

/** A value can be used only behind the step that saves it. The branches of a `parallel` are beside each other. */
export const valuesAreSaved: CheckRule = ({ steps }) => {
  const inner = new Set(steps.flatMap(({ children }) => children));
  const problems: Problem[] = [];
  const walk = (some: readonly Placed[], before: ReadonlySet<string>): ReadonlySet<string> => {
    let saved = before;
    for (const placed of some) {
      problems.push(...unsaved(placed, saved));
      if (placed.step.kind === 'parallel') {
        const branches = placed.children.map((branch) => walk([branch], saved));
        saved = new Set([saved, ...branches].flatMap((names) => Array.from(names)));
      } else saved = new Set([...walk(placed.children, saved), ...savedBy(placed)]);
    }
    return saved;
  };
  walk(
    steps.filter((placed) => !inner.has(placed)),
    new Set(),
  );
  return problems;
};

function unsaved(placed: Placed, saved: ReadonlySet<string>): readonly Problem[] {
  return ownMentions(placed)
    .filter(({ name }) => !runtimeNames.includes(name) && !saved.has(name))
    .map(({ name, at }) => {
      const message = `no step before this saves \`\${${name}}\`${suggestion(name, [...saved])}`;
      return problemAt(placed, message, ...at);
    });
}

const noPlace =
  'this is no place in an answer; write `result.…`, `error.…`, `headers.name` or `events[0].id`, with `.key`, `["key"]` and `[0]`';

/** What is compared, or analysed, is named by its place. */
export const placesAreReadable: CheckRule = ({ steps }) =>
  steps.flatMap((placed) => {
    const { raw } = placed;
    const value = 'analyse' in raw ? raw.value : undefined;
    if (value !== undefined && readPath(value) === undefined) return [problemAt(placed, noPlace, 'value')];
    return comparedIn(placed).flatMap(({ place, at }) =>
      isInBody(place) ? [] : [problemAt(placed, `${noPlace}; only the first two are compared`, ...at)],
    );
  });

function isInBody(place: string): boolean {
  const root = readPath(place)?.root;
  return root === 'result' || root === 'error';
}

/** The places that expectations of a step compare. */
function comparedIn({ step }: Placed) {
  if (!isExchange(step)) return [];
  const { require, judge } = step;
  const grades = judge?.kind === 'graded' ? judge.grades : [];
  const graded = grades.map((grade, index) => ({ equals: grade.if.equals, at: ['judge', index, 'if'] }));
  const expectations: readonly { readonly equals: Expectation['equals']; readonly at: DocPath }[] = [
    { equals: require?.equals, at: ['require'] },
    { equals: judge?.kind === 'expect' ? judge.expect.equals : undefined, at: ['judge'] },
    ...graded,
  ];
  return expectations.flatMap(({ equals = {}, at }) =>
    Object.entries(equals).flatMap(([place, value]) => {
      const named = { place, at: at.concat('equals') };
      const isPlace = typeof value === 'object' && value !== null;
      return isPlace ? [named, { place: value.at, at: at.concat('equals', place, 'at') }] : [named];
    }),
  );
}

/** What is saved is meant to be used; its place is written so that it can be found. */
export const savesAreUsed: CheckRule = ({ steps }) => {
  const used = new Set(steps.flatMap((placed) => ownMentions(placed).map(({ name }) => name)));
  return steps.flatMap((placed) => {
    const { raw } = placed;
    const saves = 'save' in raw ? Object.entries(raw.save ?? {}) : [];
    return saves.flatMap(([name, text]) => {
      const problems = [];
      if (readPath(text) === undefined) problems.push(problemAt(placed, noPlace, 'save', name));
      if (!used.has(name))
        problems.push({
          ...problemAt(placed, `no step uses \`\${${name}}\`; use it, or save nothing`, 'save', name),
          key: true as const,
        });
      return problems;
    });
  });
};

/** Rounds within rounds have no one value to go on with. */
export const savesAreInOneRepeat: CheckRule = ({ steps }) =>
  steps.flatMap((outer) => {
    if (outer.step.kind !== 'repeat') return [];
    const within = below(outer);
    if (!within.some(({ step }) => step.kind === 'repeat')) return [];
    const message = 'a step in a `repeat` that has another `repeat` in it, or around it, cannot `save`';
    return within.flatMap((placed) =>
      savedBy(placed).length === 0 ? [] : [{ ...problemAt(placed, message, 'save'), key: true as const }],
    );
  });

/** A request has a fresh word where it asks for one, or where its probe has one of its own. */
export const noncesAreThere: CheckRule = ({ steps }) =>
  steps.flatMap((placed) => {
    const { step } = placed;
    if (step.kind === 'send' && step.nonce) return [];
    const first = ownMentions(placed).find(({ name }) => name === 'nonce');
    if (first === undefined) return [];
    const message =
      step.kind === 'send'
        ? 'this request has no fresh word; say `nonce: true`'
        : 'only a `send` has a fresh word; `save` what its answer repeats, and use that';
    return [problemAt(placed, message, ...first.at)];
  });

function below({ children }: Placed): readonly Placed[] {
  return children.flatMap((child) => [child, ...below(child)]);
}

function savedBy({ raw }: Placed): readonly string[] {
  return 'save' in raw ? Object.keys(raw.save ?? {}) : [];
}

/** The names in the texts of a step, but for those of the steps within it and the paths of what it saves. */
function ownMentions({ raw }: Placed) {
  return Object.entries(raw)
    .filter(([key]) => key !== 'parallel' && key !== 'do' && key !== 'save')
    .flatMap(([key, value]: [string, unknown]) => mentionsIn(value, [key]));
}
