import {
  announcedIn,
  cookieIn,
  createdIn,
  creating,
  ending,
  idIn,
  offers,
  withCookie,
} from '../model/data-session.js';
import type { DataNeed } from '../model/need.js';
import type { Facts } from '../model/facts.js';
import type { Json } from '../model/request.js';
import type { ProbeClient } from './client.js';

/**
 * A client of a target with data-layer sessions does as such clients do: it creates one with its first call of a tool, and carries the
 * cookie with each. Any other target is asked nothing more.
 */
export function withDataSession(client: ProbeClient): ProbeClient {
  const sessions = announcedIn(client.result?.['capabilities']);
  const create = creating(sessions);
  if (sessions === undefined || create === undefined) return client;
  let cookie: Json | undefined;
  let isAsked = false;
  return {
    ...client,
    async request(probe, options = {}) {
      if (probe.method !== 'tools/call' || options.cookie === 'none') return client.request(probe, options);
      if (cookie === undefined && !isAsked) {
        isAsked = true;
        cookie = createdIn(sessions, (await client.request(create)).result);
      }
      const params = cookie === undefined ? probe.params : withCookie(probe.params, sessions, cookie);
      const answer = await client.request({ ...probe, ...(params !== undefined && { params }) }, options);
      const told = cookieIn(sessions, answer.result);
      // Told that there is none, a client creates another; a cookie that names no session is none.
      if (told === null) [cookie, isAsked] = [undefined, false];
      else if (told !== undefined && idIn(sessions, told) !== undefined) cookie = told;
      return answer;
    },
    async delete(options) {
      const end = cookie === undefined ? undefined : ending(sessions, cookie);
      cookie = undefined;
      if (end !== undefined) await client.request(end);
      return client.delete(options);
    },
  };
}

/** Which needs of data-layer sessions are met. */
export function dataNeeds({
  dataSessions,
  probes,
}: Pick<Facts, 'dataSessions' | 'probes'>): Readonly<Record<DataNeed, boolean>> {
  const isDemo = dataSessions?.dialect === 'v2-demo';
  const { refusal } = probes.data ?? {};
  return {
    'data-sessions': isDemo,
    'data-create': isDemo && offers(dataSessions, 'create'),
    'data-list': isDemo && offers(dataSessions, 'list'),
    'data-delete': isDemo && offers(dataSessions, 'delete'),
    'wg-sessions': dataSessions?.dialect === 'wg-2026-03',
    'data-call': probes.data !== undefined,
    'data-required': probes.data?.without === 'refused',
    'data-lazy': probes.data?.without === 'creates',
    'data-revoke': probes.data?.revoke !== undefined,
    'data-renew': probes.data?.renew !== undefined,
    'refusal-open': refusal === undefined,
    'refusal-error': refusal === 'error',
    'refusal-tool': refusal === 'tool-error',
  };
}
