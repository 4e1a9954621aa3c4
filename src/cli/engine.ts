import { readCatalogue } from '../catalogue.js';
import { describeRule } from '../judge/describe.js';
import { describeExpectation } from '../judge/wanted.js';
import type { Mutant } from '../model/catalogue.js';
import { type Profile, profileNames } from '../model/profile.js';
import { requestKindOf } from '../model/request-kind.js';
import { defaultsOver } from '../model/run.js';
import type { Check, ExchangeStep } from '../model/suite.js';
import { statements } from '../monitor/table.js';
import { plan } from '../plan/plan.js';
import { digestOf } from '../report/digest.js';
import { findFacts, run } from '../run/run.js';
import { examinedIn, type Selected } from './options/select.js';
import type { Engine } from './ports.js';
import { asJudged } from './as-judged.js';
import { rejudge } from './rejudge.js';

/** The stages behind the commands: the one place of the command line that puts them together. */
export async function createEngine(): Promise<Engine> {
  const { suites, profiles, mutants, requirements, witnesses } = await readCatalogue();
  // Whatever is selected, a process that ends is told.
  const alarms = suites.flatMap(({ monitors }) =>
    monitors.filter(({ holds }) => holds === 'the-process-lives'),
  );
  const proven = killed(mutants);
  const builtIn = new Set(suites.flatMap(examinedIn).map(({ id }) => id));
  // Our mutants say nothing of a user's checks: `selftest --suite` does.
  const provenIn = ({ checks, monitors = [] }: Selected) => {
    const own = [...checks, ...monitors].map(({ id }) => id).filter((id) => !builtIn.has(id));
    return new Set([...proven, ...own]);
  };
  const everything = {
    checks: suites.flatMap(({ checks }) => checks),
    monitors: suites.flatMap(({ monitors }) => monitors),
  };
  // A run of a few checks is about these alone.
  const beside = (checks: readonly Check[]) => {
    const selected = new Set(checks.map(({ id }) => id));
    return suites.every((suite) => suite.checks.every(({ id }) => selected.has(id))) ? witnesses : [];
  };
  return {
    builtIn: () => suites,
    profiles: () => profileNames.map((profile) => ({ profile, digest: digestOf(profiles[profile]) })),
    answers: (profile) => profiles[profile].answers,
    async read(paths) {
      const { loadSuites, renderDiagnostic } = await import('../load/index.js');
      const own = loadSuites(
        paths,
        profileNames.map((name) => profiles[name]),
      );
      return { suites: own.suites, problems: own.diagnostics.map(renderDiagnostic) };
    },
    async describe(path, env) {
      const { loadTarget, renderDiagnostic } = await import('../load/index.js');
      const { target, diagnostics } = loadTarget(path, env);
      return { ...(target && { target }), problems: diagnostics.map(renderDiagnostic) };
    },
    async fleet(path, env) {
      const { loadFleet, renderDiagnostic } = await import('../load/index.js');
      const { fleet, diagnostics } = loadFleet(path, env);
      return { ...(fleet && { fleet }), problems: diagnostics.map(renderDiagnostic) };
    },
    async baseline(path, ids) {
      const { loadBaseline, renderDiagnostic } = await import('../load/index.js');
      const { baseline, diagnostics } = loadBaseline(path, ids);
      return { ...(baseline && { baseline }), problems: diagnostics.map(renderDiagnostic) };
    },
    mutants: () => mutants,
    cases: async () => (await import('../load/index.js')).loadCases(),
    requirements: () => requirements,
    run: (selection, options) =>
      run(
        {
          ...selection,
          besides: alarms.filter(({ id }) => selection.monitors?.every((one) => one.id !== id) !== false),
          profiles,
          proven: provenIn(selection),
          // In a run of several parts they live beside the first.
          witnesses: (options.shard?.index ?? 1) === 1 ? beside(selection.whole ?? selection.checks) : [],
        },
        options,
      ),
    facts: (connect, checks) => findFacts({ ...defaultsOver(connect.address.kind), ...connect }, checks),
    plan: (checks, facts) => plan(checks, facts, beside(checks)),
    judge: (recorded, examined, { profile, policy, baseline }) =>
      rejudge(
        recorded,
        examined,
        { profiles, selected: profile, proven: provenIn(examined), policy },
        baseline,
      ),
    asJudged: (recorded) => {
      const { profile: selected, policy } = recorded.header;
      return asJudged(recorded, everything, { profiles, selected, proven, policy });
    },
    phrases: {
      expectation: describeExpectation,
      judged: (step) => judgedWords(step, profiles.spec),
      watched: (holds) => statements[holds].demands,
    },
  };
}

function killed(mutants: readonly Mutant[]): ReadonlySet<string> {
  return new Set(mutants.flatMap(({ kills, monitors = [] }) => [...kills, ...monitors]));
}

function judgedWords(step: ExchangeStep, { answers }: Profile): string {
  const { judge } = step;
  if (judge === undefined) return '';
  const set = judge.kind === 'answer' ? answers[judge.set] : undefined;
  return describeRule(judge, set, requestKindOf(step));
}
