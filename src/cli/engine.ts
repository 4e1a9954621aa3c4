import { describeExpectation, describeRule } from '../judge/describe.js';
import { builtinSuitesDir, loadProfiles, loadSuites, renderDiagnostic } from '../load/index.js';
import { requestKindOf } from '../load/request-kind.js';
import type { Profile, ProfileName } from '../model/profile.js';
import { defaultOptions } from '../model/run.js';
import type { ExchangeStep, Suite } from '../model/suite.js';
import { plan } from '../plan/plan.js';
import { findFacts, run } from '../run.js';
import { readMutants } from './mutants.js';
import type { Mutant } from './mutants.js';
import type { Engine } from './ports.js';
import { rejudge } from './rejudge.js';

/** The stages behind the commands: here alone the command line knows how they fit together. */
export function createEngine(): Engine {
  const profileList = once(builtInProfiles);
  const profiles = once(() => byName(profileList()));
  const mutants = once(readMutants);
  return {
    builtIn: once(() => builtInSuites(profileList())),
    read(paths) {
      const { suites, diagnostics } = loadSuites(paths, profileList());
      return { suites, problems: diagnostics.map(renderDiagnostic) };
    },
    mutants,
    run: (checks, options) => run({ checks, profiles: profiles(), proven: killed(mutants()) }, options),
    facts: (connect) => findFacts({ ...defaultOptions, ...connect }),
    plan,
    judge: (recorded, checks, { profile, policy }) =>
      rejudge(recorded, checks, policy, {
        profiles: profiles(),
        selected: profile,
        proven: killed(mutants()),
      }),
    phrases: {
      expectation: describeExpectation,
      judged: (step) => judgedWords(step, profiles().spec),
    },
  };
}

function builtInProfiles(): readonly Profile[] {
  const { profiles, diagnostics } = loadProfiles();
  refuseOurMistakes(diagnostics.map(renderDiagnostic));
  return profiles;
}

function builtInSuites(profiles: readonly Profile[]): readonly Suite[] {
  const { suites, diagnostics } = loadSuites([builtinSuitesDir()], profiles);
  refuseOurMistakes(diagnostics.map(renderDiagnostic));
  return suites;
}

function refuseOurMistakes(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(`a built-in file has mistakes: ${problems.join('; ')}`);
}

function byName(list: readonly Profile[]): Readonly<Record<ProfileName, Profile>> {
  const named = (name: ProfileName): Profile => {
    const found = list.find(({ profile }) => profile === name);
    if (found === undefined) throw new Error(`the profile ${name} is missing`);
    return found;
  };
  return {
    spec: named('spec'),
    interop: named('interop'),
    card: named('card'),
    'card-compat': named('card-compat'),
  };
}

function killed(mutants: readonly Mutant[]): ReadonlySet<string> {
  return new Set(mutants.flatMap(({ kills }) => kills));
}

function judgedWords(step: ExchangeStep, { answers }: Profile): string {
  const { judge } = step;
  if (judge === undefined) return '';
  const set = judge.kind === 'answer' ? answers[judge.set] : undefined;
  return describeRule(judge, set, requestKindOf(step));
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
