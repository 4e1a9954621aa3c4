// Helpers stand beside the tests that they serve.
/* oxlint-disable unicorn/consistent-function-scoping */
import { describe, expect, it } from 'vitest';
import { headerValues } from '../model/framing.js';
import { isObject } from '../model/json.js';
import type { Facts } from '../model/facts.js';
import { modernRevision, sessionRevisions } from '../model/revision.js';
import type { RunOptions } from '../model/run.js';
import { fakeCarrier, type Target } from '../testing/fake-carrier.js';
import { answer, plain, refuse, scripted, type Asked, type Deviation } from '../testing/target.js';
import { discover } from './discover.js';
import { plainDiscovery } from '../testing/discovery.js';

async function discovered(target: Target, revision: RunOptions['revision'] = 'auto') {
  let counted = 0;
  const found = await discover({
    ...plainDiscovery,
    carrier: fakeCarrier(target),
    revision,
    turn: async () => void (counted += 1),
  });
  return { found, facts: found.kind === 'found' ? found.facts : [], counted };
}

const isModern = ({ request }: Asked) =>
  headerValues(request.headers, 'mcp-protocol-version')[0] === modernRevision;

/** Serves a client without sessions as long as each of its requests says who it is. */
function served({ message, method, request }: Asked) {
  const params = isObject(message['params']) ? message['params'] : {};
  const meta = isObject(params['_meta']) ? params['_meta'] : {};
  const [named] = headerValues(request.headers, 'mcp-method');
  if (named !== method || meta['io.modelcontextprotocol/protocolVersion'] !== modernRevision)
    return plain(400);
  if (method === 'server/discover')
    return answer(message, {
      supportedVersions: [modernRevision],
      capabilities: {},
      _meta: { 'io.modelcontextprotocol/serverInfo': { name: 'new', version: '2' } },
    });
  return method === 'tools/list' ? answer(message, { tools: [] }) : refuse(message, `no ${method}`);
}

const dual: Deviation = (asked) => (isModern(asked) ? served(asked) : undefined);
const modernOnly: Deviation = (asked) => (isModern(asked) ? served(asked) : plain(400));

const shown = (facts: readonly Facts[]) =>
  facts.map(({ revision, eras }) => [revision, eras?.modern.served, eras?.legacy.served]);
const erasMet = ({ needsMet }: Facts) => needsMet.filter((need) => /modern|era|legacy/.test(need));

describe('what a target speaks', () => {
  it('is sessions alone where it refuses server/discover', async () => {
    const { facts, counted } = await discovered(scripted().target);
    expect(shown(facts)).toEqual([[sessionRevisions[0], false, true]]);
    expect(facts.map(erasMet)).toEqual([['legacy-only']]);
    expect(facts[0]?.eras?.modern.seen).toBe('400');
    const { counted: without } = await discovered(scripted().target, sessionRevisions[0]);
    expect(counted).toBe(without);
  });

  it('is both, and each is examined', async () => {
    const { facts } = await discovered(scripted(dual).target);
    expect(shown(facts)).toEqual([
      [sessionRevisions[0], true, true],
      [modernRevision, true, true],
    ]);
    expect(facts.map(erasMet)).toEqual([
      ['modern', 'dual-era'],
      ['modern', 'dual-era'],
    ]);
  });

  it('is no session at all where initialize is refused', async () => {
    const { facts } = await discovered(scripted(modernOnly).target);
    expect(shown(facts)).toEqual([[modernRevision, true, false]]);
    expect(facts.map(erasMet)).toEqual([['modern', 'modern-only']]);
    expect(facts[0]).toMatchObject({
      server: { name: 'new', version: '2' },
      issuesIds: false,
      probes: { plain: { method: 'tools/list' } },
    });
  });

  it('is what was asked for', async () => {
    expect(shown((await discovered(scripted(dual).target, modernRevision)).facts)).toEqual([
      [modernRevision, true, true],
    ]);
    expect(shown((await discovered(scripted(modernOnly).target, modernRevision)).facts)).toEqual([
      [modernRevision, true, false],
    ]);
    expect((await discovered(scripted(dual).target, '2025-11-25')).facts).toHaveLength(1);
    const { found } = await discovered(scripted().target, modernRevision);
    expect(found).toMatchObject({
      sentence: expect.stringMatching(
        /does not serve clients of 2026-07-28: server\/discover was answered 400/,
      ),
    });
  });

  it('is told by a result too, where server/discover is not known', async () => {
    const unknown: Deviation = (asked) => {
      if (!isModern(asked)) return plain(400);
      return asked.method === 'tools/list'
        ? answer(asked.message, { tools: [], resultType: 'complete' })
        : refuse(asked.message, 'no such method');
    };
    const { facts } = await discovered(scripted(unknown).target);
    expect(shown(facts)).toEqual([[modernRevision, true, false]]);
    expect(facts[0]?.eras?.modern.seen).toMatch(/and tools\/list is served$/);
  });

  it('is not what any server says to anything', async () => {
    const { found } = await discovered(scripted(({ message }) => answer(message, {})).target);
    expect(found.kind).toBe('unusable');
  });
});
