import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nulls, startNulls, type RunningNulls } from '../../fixtures/nulls/nulls.js';
import { nullPeers } from './nulls.js';
import { proveOne } from '../testing/prove.js';

describe('a server that answers everything alike', () => {
  let running: RunningNulls;
  beforeAll(async () => {
    running = await startNulls();
  });
  afterAll(() => running.close());

  it.concurrent.each(nulls)('$name passes no MUST and leaves the run undecided', async ({ name }) => {
    const [peer] = nullPeers({ [name]: running.url(name) });
    const row = peer && (await proveOne(peer));
    expect(row?.wrong).toEqual([]);
  });
});
