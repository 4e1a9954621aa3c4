import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { needNames, type Need } from '../../model/need.js';
import type { RawStep } from '../../model/raw-suite.js';
import type { Step } from '../../model/suite.js';
import type { Witness } from '../../model/witness.js';
import { build } from '../suite/build.js';
import { expand, type FileContext } from '../suite/expand.js';
import { expandedMax } from '../suite/variables.js';
import { shaped } from '../schema/schema.js';
import { given } from '../given.js';
import { witnessesFile } from './places.js';

/** The sessions that live through a run. The file is ours, so a mistake in it throws. */
export function loadWitnesses(): readonly Witness[] {
  const list: unknown = parse(readFileSync(witnessesFile(), 'utf8'));
  if (!Array.isArray(list)) throw new TypeError(`${witnessesFile()} is no list`);
  return list.map(witnessOf);
}

interface RawWitness {
  readonly id: string;
  readonly title: string;
  readonly needs: readonly Need[];
  readonly before: readonly unknown[];
  readonly after: readonly unknown[];
  readonly beside?: readonly unknown[];
  readonly every?: number;
  /** How often `beside` is done at most. */
  readonly rounds?: number;
}

function witnessOf(entry: unknown): Witness {
  if (!isWitness(entry)) throw new TypeError(`an entry of ${witnessesFile()} is no witness`);
  const { id, title, needs, every = 1, rounds = 1 } = entry;
  const before = entry.before.map(rawStep);
  const beside = (entry.beside ?? []).map(rawStep);
  const rounded: readonly RawStep[] = beside.length === 0 ? [] : [{ repeat: rounds, do: beside }];
  const steps = typed([...before, ...rounded, ...entry.after.map(rawStep)]);
  const place = ({ path }: Step) => Math.sign(Number.parseInt(path, 10) - before.length + 0.5);
  const repeat = beside.length === 0 ? undefined : steps.find(isRepeat);
  return {
    id,
    title,
    needs,
    every,
    before: steps.filter((step) => place(step) < 0),
    ...given({ beside: repeat }),
    after: steps.filter((step) => place(step) > 0 && step !== repeat),
  };
}

function isRepeat(step: Step): step is Step<'repeat'> {
  return step.kind === 'repeat';
}

function isWitness(entry: unknown): entry is RawWitness {
  if (typeof entry !== 'object' || entry === null) return false;
  if (!('id' in entry && 'title' in entry && 'needs' in entry)) return false;
  if (!('before' in entry && Array.isArray(entry.before) && 'after' in entry && Array.isArray(entry.after)))
    return false;
  const { needs } = entry;
  return Array.isArray(needs) && needs.every((need) => needNames.some((name) => name === need));
}

function rawStep(step: unknown): RawStep {
  const { value, problems } = shaped('step', step);
  if (value === undefined) throw new TypeError(`a step of a witness: ${problems[0]?.message ?? ''}`);
  return value;
}

function typed(steps: readonly RawStep[]): readonly Step[] {
  const file: FileContext = {
    suite: { suite: 'witness', title: 'Witnesses', checks: [] },
    broken: new Set(),
    used: new Set(),
    budget: { left: expandedMax },
  };
  const { sites, problems } = expand(steps, [], file);
  const [problem] = problems;
  if (problem !== undefined) throw new TypeError(`a step of a witness: ${problem.message}`);
  return build(sites).map(({ step }) => step);
}
