import { needs } from '../../model/need.js';
import type { Check, Examined, Invariant, Monitor, Step } from '../../model/suite.js';
import { visibleCopy } from '../../report/visible.js';
import { checkMeant } from '../options/choice.js';
import type { Io } from '../output/io.js';
import type { Engine } from '../ports.js';
import { chosenSuites } from '../options/suites.js';
import { examinedIn } from '../options/select.js';
import { labelsOf, newestOf } from '../../model/level.js';
import { linkOf } from '../../model/requirement.js';
import { kindOf } from '../../model/steps/index.js';
import { isKilledBy } from '../../model/catalogue.js';
import type { Phrases as StepPhrases } from '../../model/steps/kind.js';

/** All that the suite says about one check, in sentences. */
export async function explainAction(
  id: string,
  suites: readonly string[],
  io: Io,
  engine: Engine,
): Promise<void> {
  const checks: readonly (Check | Monitor)[] = (await chosenSuites(suites, engine)).flatMap(examinedIn);
  const meant = checkMeant(
    id,
    checks.map((each) => each.id),
  );
  for (const check of visibleCopy(checks.filter((each) => each.id === meant)))
    io.out(`${explanation(check, io, engine).join('\n')}\n`);
}

function explanation(check: Check | Monitor, { colors }: Io, engine: Engine): readonly string[] {
  const { id, title, requirement, revisions, tags } = check;
  const newest = newestOf(check);
  const row = (label: string, text: string) => `  ${colors.dim(label.padEnd(12))}${text}`;
  return [
    `${colors.bold(id)}   ${labelsOf(check)}   ${title}`,
    row('requirement', requirement.says),
    ...(newest === undefined || requirement.section === undefined
      ? []
      : [row('', linkOf(requirement.section, newest))]),
    ...(requirement.why === undefined ? [] : [row('why', requirement.why)]),
    ...(requirement.fix === undefined ? [] : [row('fix', requirement.fix)]),
    ...(check.harm.length > 0 ? [row('harm', harmWords(check))] : []),
    ...(requirement.keys.length > 0 ? [row('covers', requirement.keys.join(', '))] : []),
    row('revisions', revisions.join(', ')),
    ...(tags.length > 0 ? [row('tags', tags.join(', '))] : []),
    ...check.needs.map((need, i) => row(i === 0 ? 'needs' : '', `${need}: ${needs[need]}`)),
    '',
    ...('holds' in check ? watchWords(check, engine, colors) : stepsOf(check, engine, colors)),
    '',
    ...proof(id, engine, colors),
  ];
}

function stepsOf(check: Check, { phrases }: Engine, colors: Io['colors']): readonly string[] {
  return [
    colors.bold('What it does'),
    ...stepWords(check.steps, phrases),
    ...check.invariants.map(invariantWords),
  ];
}

function watchWords({ holds }: Monitor, { phrases }: Engine, colors: Io['colors']): readonly string[] {
  return [colors.bold('What must hold over the whole run'), `  ${phrases.watched(holds)}`];
}

function proof(id: string, engine: Engine, colors: Io['colors']): readonly string[] {
  const mutants = engine.mutants().filter((mutant) => isKilledBy(mutant, id));
  const isBuiltIn = engine.builtIn().some((suite) => examinedIn(suite).some((each) => each.id === id));
  if (!isBuiltIn)
    return ['sessionspec selftest --suite shows whether it can fail, on a server of yours with one fault'];
  if (mutants.length === 0)
    return [`${colors.bold('Unproven')}: no mutant has shown that the check can fail`];
  return [colors.bold('Defects it finds'), ...mutants.map(({ name, does }) => `  ${name}: ${does}`)];
}

/** The steps of a check in words, a line or more each. */
function stepWords(steps: readonly Step[], phrases: StepPhrases, depth = 1): readonly string[] {
  const indent = '  '.repeat(depth);
  return steps.flatMap((step) => {
    const when = step.when.length > 0 ? ` (only with ${step.when.join(', ')})` : '';
    const line = `${indent}${step.path.padEnd(3)} ${kindOf(step).says(step)}${when}`;
    const inner = 'steps' in step ? stepWords(step.steps, phrases, depth + 1) : [];
    return [
      line,
      ...kindOf(step)
        .demands(step, phrases)
        .map((says) => `${indent}      ${says}`),
      ...inner,
    ];
  });
}

function invariantWords({ holds, over, atLeast, tooFew }: Invariant): string {
  const few = tooFew === 'unspecified' ? ', else it does not apply' : '';
  return `  ${'·'.padEnd(3)} in the group ${over}: ${holds.replaceAll('-', ' ')}; in at least ${atLeast} exchanges${few}`;
}

/** Which failures count at every level. */
function harmWords({ harm }: Examined): string {
  const cases = harm.map(({ reasons, step, refused }) =>
    [
      reasons === undefined ? 'any failure' : reasons.join(' or '),
      ...(step === undefined ? [] : [`of ${step}`]),
      ...(refused.length > 0 ? [`where ${refused.join(' and ')} were refused`] : []),
    ].join(' '),
  );
  return `${cases.join('; ')}: counts at every level`;
}
