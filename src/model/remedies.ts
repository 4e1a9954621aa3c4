import type { Need } from './need.js';

/** What a user can give so that the need is met: in a few words, and how. */
export const remedies: Readonly<Partial<Record<Need, { readonly what: string; readonly how: string }>>> = {
  'two-principals': {
    what: 'two users',
    how: "--as 'alice=Authorization: …' --as 'bob=Authorization: …'",
  },
  operator: { what: 'restarts', how: "--server 'COMMAND {port}'" },
  replicas: { what: 'a second node', how: '--replica URL' },
  'idle-timeout': { what: 'idle sessions', how: '--idle-timeout SECONDS' },
  state: { what: 'state', how: '`tools.state` in sessionspec.yaml' },
  words: { what: 'words that stay', how: '`tools.state` with `shows: marks` in sessionspec.yaml' },
  kept: { what: 'state that stays', how: '`tools.state` in sessionspec.yaml' },
  identity: { what: 'the session id told', how: '`tools.identity` in sessionspec.yaml' },
  slow: { what: 'a slow tool', how: '`tools.slow` in sessionspec.yaml' },
  notify: { what: 'messages', how: '`tools.notify` in sessionspec.yaml' },
  push: { what: 'messages on GET', how: '`tools.notify` in sessionspec.yaml' },
  'reply-notices': { what: 'messages in answers', how: '`tools.notify` in sessionspec.yaml' },
  'log-notices': { what: 'log messages', how: '`tools.notify` in sessionspec.yaml' },
  handles: { what: 'handles', how: '`tools.handle` in sessionspec.yaml' },
  update: { what: 'a changing resource', how: '`tools.update` in sessionspec.yaml' },
};
