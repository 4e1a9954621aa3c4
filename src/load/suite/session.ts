import type { SessionChoice } from '../../model/suite.js';
import { given } from '../given.js';
import type { RawOneSession, RawSession } from '../../model/raw-suite.js';

export function sessionChoice(raw: RawSession): SessionChoice {
  if (isList(raw)) return { kind: 'several', of: raw.map(oneSession) };
  if (typeof raw === 'object' && 'joined' in raw)
    return { kind: 'several', of: raw.ids.map(oneSession), joined: raw.joined };
  return oneSession(raw);
}

function oneSession(raw: RawOneSession): SessionChoice {
  if (raw === 'own' || raw === 'none') return { kind: raw };
  if (typeof raw === 'string') return { kind: 'of', actor: raw };
  if ('generated' in raw) return { kind: 'generated', how: raw.generated };
  if ('text' in raw) return { kind: 'text', text: raw.text };
  if ('named-by' in raw) return { kind: 'named-by', step: raw['named-by'] };
  if ('sent-by' in raw) return { kind: 'sent-by', step: raw['sent-by'] };
  return { kind: 'of', actor: raw.actor, ...given({ changed: raw.changed }) };
}

function isList(raw: RawSession): raw is readonly RawOneSession[] {
  return Array.isArray(raw);
}
