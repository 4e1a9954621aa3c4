import { atUrl } from '../model/carrier.js';
import { profileNames } from '../model/profile.js';
import type { Result, Run } from '../model/report.js';
import type { Peer, ProofRow } from './prove.js';

/** A run that is given up asks little: against a server that hangs, each request costs a whole deadline. */
const exchangesMax = 12;

/** None looks enough like a server to be judged. */
const expectedExit = 2;

/** Servers that answer everything alike, by name and address. */
export function nullPeers(addresses: Readonly<Record<string, string>>): readonly Peer[] {
  return Object.entries(addresses).map(([name, address]) => ({
    name,
    options: { address: atUrl(new URL(address)) },
    row: (run, ms) => nullRow(name, run, ms),
  }));
}

function nullRow(name: string, { report }: Run, ms: number): ProofRow {
  const passed = report.results.flatMap(passedMust);
  const { exchanges } = report.traffic;
  const wrong = [
    ...(report.gate.exit === expectedExit ? [] : [`exit ${report.gate.exit}: ${report.gate.sentence}`]),
    ...(exchanges <= exchangesMax ? [] : [`the run sent ${exchanges} requests, more than ${exchangesMax}`]),
    ...passed,
  ];
  return {
    group: 'null',
    name,
    expected: [`exit ${expectedExit}`],
    came: [`exit ${report.gate.exit}`],
    wrong,
    ms,
  };
}

/** A MUST that a server meets without looking at what it was asked proves nothing. */
function passedMust({ id, profiles }: Result): readonly string[] {
  const passing = profileNames.filter((profile) => {
    const { level, verdict } = profiles[profile];
    return verdict === 'pass' && (level === 'MUST' || level === 'MUST NOT');
  });
  return passing.map((profile) => `${id} passes under ${profile}`);
}
