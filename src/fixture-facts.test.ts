import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { fixtures, isFixture, serve } from '../fixtures/mutants/fixtures.js';
import { listen } from '../fixtures/reference/listen.js';
import { atUrl } from './model/carrier.js';
import { defaultOptions } from './model/run.js';
import { findFacts } from './run/run.js';

const schema: { readonly $defs: object } = JSON.parse(
  readFileSync(new URL('../reports/report.schema.json', import.meta.url), 'utf8'),
);
const isFacts = new Ajv2020({ allowUnionTypes: true }).compile({
  $ref: '#/$defs/facts',
  $defs: schema.$defs,
});
const names = Object.keys(fixtures).filter((name) => isFixture(name));

// A recording with facts that its schema does not know could not be read again.
it.each(names.filter((name) => fixtures[name].serve !== undefined))(
  'what is found out about the fixture %s is in the schema of reports',
  async (name) => {
    const server = serve(name, {});
    const listening = await listen(server.handle);
    const address = atUrl(new URL(`http://127.0.0.1:${listening.port}/mcp`));
    const found = await findFacts({ ...defaultOptions, address });
    server.close();
    await listening.close();
    if (found.kind !== 'found') throw new Error(found.sentence);
    for (const facts of found.facts) expect(isFacts(facts), JSON.stringify(isFacts.errors)).toBe(true);
  },
);
