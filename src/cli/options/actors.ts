import { suggestion } from '../../load/schema/nearest.js';
import type { Header } from '../../model/http.js';
import type { RunOptions } from '../../model/run.js';
import type { Step, Suite } from '../../model/suite.js';
import { partsAround } from '../../model/template.js';
import { Mistake } from '../mistake.js';

/**
 * Credentials for somebody who acts in no check would never be sent. All checks count, not only the selected ones: the line that
 * runs one check again carries every `--as` of its run.
 */
export function refuseUnknownActors(as: readonly string[], suites: readonly Suite[]): void {
  const known = new Set(
    suites.flatMap(({ checks }) => checks.flatMap(({ steps }) => steps.flatMap(actorsOf))),
  );
  const patterns = [...known].map(pattern);
  const strange = as
    .map((text) => text.split('=')[0] ?? '')
    .find((actor) => !patterns.some((each) => each.test(actor)));
  if (strange === undefined) return;
  const names = [...known].filter((name) => !name.includes('$'));
  throw new Mistake(`--as ${strange}= is an actor of no check${suggestion(strange, names)}`);
}

/** Checks of ownership ask whether one may use what is the other's. */
export function refuseSamePrincipal(principals: RunOptions['principals'] = {}): void {
  const { alice, bob } = principals;
  if (alice !== undefined && bob !== undefined && asSent(alice) === asSent(bob))
    throw new Mistake('alice and bob have the same credentials; give each those of another user');
}

function actorsOf(step: Step): readonly string[] {
  if ('steps' in step) return step.steps.flatMap(actorsOf);
  return 'as' in step ? [step.as] : [];
}

// `client${i}` stands for as many as the step is repeated.
function pattern(name: string): RegExp {
  return new RegExp(`^${partsAround(name).join(String.raw`\w+`)}$`);
}

function asSent(fields: readonly Header[]): string {
  return JSON.stringify(fields.map(([name, value]) => `${name.toLowerCase()}: ${value}`).toSorted());
}
