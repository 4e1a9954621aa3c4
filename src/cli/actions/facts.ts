import type { ExitCode } from '../../model/gate.js';
import { shownFacts } from '../../report/terminal/facts.js';
import { visible } from '../../report/visible.js';
import { describedTarget } from '../options/description.js';
import { discovered, parseAsked } from '../process/with-target.js';
import type { ConnectionFlags } from '../options/flags.js';
import type { Io } from '../output/io.js';
import type { Engine } from '../ports.js';

/** What a target offers, for each revision asked for. */
export async function factsAction(
  url: string | undefined,
  flags: ConnectionFlags,
  io: Io,
  engine: Engine,
): Promise<ExitCode> {
  const found = await discovered(
    parseAsked(url, flags, await describedTarget(flags, io, engine), io.env),
    io,
    engine,
  );
  if (flags.json) {
    io.out(`${JSON.stringify(found.facts, null, 2)}\n`);
    return 0;
  }
  for (const facts of found.facts) {
    const rows = [
      ['revision', facts.revision],
      ...(facts.negotiates ? [['negotiates', facts.negotiates.join(', ')] as const] : []),
      ...shownFacts(facts),
      ['met', facts.needsMet.join(', ')],
    ] as const;
    for (const [label, text] of rows) io.out(`  ${io.colors.dim(label.padEnd(12))}${visible(text)}\n`);
    io.out('\n');
  }
  return 0;
}
