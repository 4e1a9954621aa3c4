import { labelsOf } from '../model/level.js';
import { isKilledBy, type Case, type Mutant } from '../model/catalogue.js';
import type { Check, Monitor } from '../model/suite.js';
import { groups, type Group, type ProofRow } from './prove.js';
import type { ProofSummary } from './summary.js';

/** The proof as a page. What varies from one run to the next, times and memory, stands in the summary only. */
export function proofPage(
  rows: readonly ProofRow[],
  mutants: readonly Mutant[],
  cases: readonly Case[],
  checks: readonly (Check | Monitor)[],
  { lines }: ProofSummary,
): string {
  const sections = groups.flatMap((group) => (isTold(group) ? [] : peerTable(group, rows)));
  return [
    '# Proof',
    '',
    '<!-- prettier-ignore-start -->',
    '',
    'Written by `sessionspec selftest --output reports`. It shows that the checks find the defects they are for, that',
    'they accuse no conformant server, and that no peer harms the harness.',
    '',
    '```',
    ...lines,
    '```',
    '',
    ...mutantTable(mutants),
    ...checkTable(checks, mutants),
    ...caseTable(cases),
    ...sections,
    '<!-- prettier-ignore-end -->',
    '',
  ].join('\n');
}

/** Each mutant with the checks that catch it, as mutants.yaml names them. */
function mutantTable(mutants: readonly Mutant[]): readonly string[] {
  return [
    '## Mutants',
    '',
    'The reference server with one decision taken wrongly, and exactly the checks that fail on it where each has a server of its own.',
    'In a default run all share one, as users have it: at least one of these fails then, or a monitor, and nothing else but by the same cause.',
    '',
    '| mutant | what it does | killed by | in a default run |',
    '| --- | --- | --- | --- |',
    ...mutants.map(({ name, does, kills, monitors = [], defaultRun, profile }) => {
      const under = profile === undefined ? '' : ` (profile ${profile})`;
      const killers = kills.length === 0 ? 'not yet caught' : kills.map(tableCode).join(', ');
      const shared = [...monitors, ...(defaultRun?.besides ?? [])].map(tableCode).join(', ');
      const unseen = defaultRun?.unseen === undefined ? '' : `not seen: ${tableCell(defaultRun.unseen)}`;
      return `| ${tableCode(name)} | ${tableCell(does)} | ${killers}${under} | ${unseen}${shared} |`;
    }),
    '',
  ];
}

function checkTable(checks: readonly (Check | Monitor)[], mutants: readonly Mutant[]): readonly string[] {
  return [
    '## Checks',
    '',
    'How many mutants each check, or monitor, has killed.',
    '',
    '| check | level | mutants |',
    '| --- | --- | --- |',
    ...checks.map((check) => {
      const { id } = check;
      const count = mutants.filter((mutant) => isKilledBy(mutant, id)).length;
      return `| ${tableCode(id)} | ${labelsOf(check)} | ${count === 0 ? 'unproven' : count} |`;
    }),
    '',
  ];
}

/** Each case with the verdict that is right, as cases.yaml has it. */
function caseTable(cases: readonly Case[]): readonly string[] {
  return [
    '## Cases',
    '',
    'Small servers of kinds that were once judged wrongly, each in a run with default flags.',
    '',
    '| case | what it does | right | must fail | not yet right, because |',
    '| --- | --- | --- | --- | --- |',
    ...cases.map(({ name, does, exits, fails, todo = '' }) => {
      const failing = fails.map(tableCode).join(', ');
      return `| ${tableCode(name)} | ${tableCell(does)} | exit ${exits.join(' or ')} | ${failing} | ${tableCell(todo)} |`;
    }),
    '',
  ];
}

/** Groups whose peers have a table of their own. */
type Told = 'mutant' | 'default-run' | 'case';
const isTold = (group: Group): group is Told => !(group in titles);

const titles: Readonly<Record<Exclude<Group, Told>, string>> = {
  reference: 'Reference',
  null: 'Nulls',
  hostile: 'Hostile peers',
};

function peerTable(group: Exclude<Group, Told>, rows: readonly ProofRow[]): readonly string[] {
  const own = rows.filter((row) => row.group === group);
  return [
    `## ${titles[group]}`,
    '',
    '| peer | outcome |',
    '| --- | --- |',
    ...own.map((row) => `| ${tableCode(row.name)} | ${outcome(row)} |`),
    '',
  ];
}

function outcome({ came, wrong }: ProofRow): string {
  if (wrong.length > 0) return wrong.map(tableCell).join('; ');
  return came.join(', ') || 'nothing failed, nothing inconclusive';
}

const tableCode = (text: string): string => `\`${text}\``;
const tableCell = (text: string): string => text.replaceAll('|', '\\|');
