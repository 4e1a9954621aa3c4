import type { ExchangeStep } from '../../../model/suite.js';
import type { SessionChoice } from '../../../model/session-choice.js';
import type { Placed } from '../build.js';
import { partsAround } from '../../../model/template.js';
import { suggestion } from '../../schema/nearest.js';
import type { DocPath, Problem } from '../../yaml/problem.js';
import { isExchange, requestKindOf } from '../../../model/request-kind.js';
import { problemAt, type CheckRule } from '../check-rule.js';
import { kindOf } from '../../../model/steps/index.js';

/** Only an actor that was opened before has a session whose id a request can carry. */
export const sessionsAreOpened: CheckRule = ({ steps }) => {
  const opened: string[] = [];
  const named: string[] = [];
  const declaring: string[] = [];
  return steps.flatMap((placed) => {
    const { step } = placed;
    if (step.kind === 'end-input' && !isOpened(step.as, opened))
      return [
        problemAt(placed, `no \`open: ${step.as}\` before this${suggestion(step.as, opened)}`, step.kind),
      ];
    if (!isExchange(step)) return [];
    const problems = [
      ...problemsOf(placed, step, opened),
      ...unnamed(placed, step, named),
      ...unasked(placed, step, declaring),
    ];
    if (step.kind === 'open') opened.push(step.as);
    if (step.kind === 'open' && step.declares.length > 0) declaring.push(step.as);
    if (step.name !== undefined) named.push(step.name);
    return problems;
  });
};

function problemsOf(placed: Placed, step: ExchangeStep, opened: readonly string[]): readonly Problem[] {
  if (step.as === '')
    return [problemAt(placed, 'no step of this check opens an actor; say with `as` who sends this')];
  const { cookies, connection } = step;
  const absent = (actor: string | undefined, key: string) =>
    actor === undefined || isOpened(actor, opened)
      ? []
      : [problemAt(placed, `no \`open: ${actor}\` before this${suggestion(actor, opened)}`, key)];
  const lent = absent(cookies, 'cookies').concat(
    absent(typeof connection === 'object' ? connection.of : undefined, 'connection'),
  );
  const strangers = chosen(step.session, ['session']).flatMap(({ choice, at }) =>
    choice.kind === 'of' && !isOpened(choice.actor, opened)
      ? [
          problemAt(
            placed,
            `no \`open: ${choice.actor}\` before this${suggestion(choice.actor, opened)}`,
            ...at,
          ),
        ]
      : [],
  );
  // What opens has no session yet, and raw bytes carry what is written in them.
  const opens = step.kind === 'open' || requestKindOf(step) === 'initialize';
  const needsOwn = step.session.kind === 'own' && step.kind !== 'raw' && !opens;
  if (!needsOwn || isOpened(step.as, opened)) return [...strangers, ...lent];
  const message = `\`${step.as}\` has no session yet: open it before this, or say which \`session\` to send${suggestion(step.as, opened)}`;
  const key = ['as', 'listen', 'delete'].find((name) => name in placed.raw);
  return [problemAt(placed, message, ...(key === undefined ? [] : [key]))];
}

/** An id can only be taken from a step that came before. */
function unnamed(placed: Placed, step: ExchangeStep, named: readonly string[]): readonly Problem[] {
  const resumed = step.kind === 'listen' ? step.resume : undefined;
  const lost = resumed !== undefined && !named.includes(resumed);
  const stray = lost
    ? [
        problemAt(
          placed,
          `no step before this has the name \`${resumed}\`${suggestion(resumed, named)}`,
          'resume',
        ),
      ]
    : [];
  const unknown = chosen(step.session, ['session']).flatMap(({ choice, at }) => {
    if (choice.kind !== 'named-by' && choice.kind !== 'sent-by') return [];
    if (named.includes(choice.step)) return [];
    return [
      problemAt(
        placed,
        `no step before this has the name \`${choice.step}\`${suggestion(choice.step, named)}`,
        ...at,
      ),
    ];
  });
  return [...stray, ...unknown];
}

/** A client that declared nothing is asked for nothing. */
function unasked(placed: Placed, step: ExchangeStep, declaring: readonly string[]): readonly Problem[] {
  if (step.kind !== 'answer' || isOpened(step.asked, declaring)) return [];
  const message = `no step before this opens \`${step.asked}\` with \`declares\`, so the server has nothing to ask it${suggestion(step.asked, declaring)}`;
  return [problemAt(placed, message, 'answer')];
}

interface Chosen {
  readonly choice: SessionChoice;
  readonly at: DocPath;
}

function chosen(choice: SessionChoice, at: DocPath): readonly Chosen[] {
  if (choice.kind !== 'several') return [{ choice, at }];
  const below = choice.joined === undefined ? at : [...at, 'ids'];
  return choice.of.flatMap((one, index) => chosen(one, [...below, index]));
}

/** `client-${i}` opens `client-3` too. */
function isOpened(actor: string, opened: readonly string[]): boolean {
  return opened.some((name) => name === actor || covers(name, actor) || covers(actor, name));
}

function covers(pattern: string, name: string): boolean {
  const parts = partsAround(pattern);
  if (parts.length === 1) return false;
  const [head = '', tail = ''] = [parts[0], parts.at(-1)];
  return name.length >= head.length + tail.length && name.startsWith(head) && name.endsWith(tail);
}

/** What is awaited, watched or closed was begun by a step before. */
export const streamsAreNamed: CheckRule = ({ steps }) => {
  const names: string[] = [];
  return steps.flatMap((placed) => {
    const { step } = placed;
    if (isExchange(step) && step.name !== undefined) names.push(step.name);
    const wanted = kindOf(step).follows(step);
    if (wanted === undefined || names.includes(wanted)) return [];
    return [
      problemAt(placed, `no step before this is called \`${wanted}\`${suggestion(wanted, names)}`, step.kind),
    ];
  });
};
