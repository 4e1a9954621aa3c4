import type { SessionChoice } from '../../model/suite.js';
import { given } from '../given.js';
import type { RawOneSession, RawSession } from './raw.js';

export function sessionChoice(raw: RawSession): SessionChoice {
  if (isList(raw)) return { kind: 'several', of: raw.map(oneSession) };
  if (typeof raw === 'object' && 'joined' in raw)
    return { kind: 'several', of: raw.ids.map(oneSession), joined: raw.joined };
  return oneSession(raw);
}

function oneSession(raw: RawOneSession): SessionChoice {
  if (raw === 'own' || raw === 'none') return { kind: raw };
  if (typeof raw === 'string') return { kind: 'of', actor: raw };
  if (raw.generated !== undefined) return { kind: 'generated', how: raw.generated };
  if (raw.text !== undefined) return { kind: 'text', text: raw.text };
  if (raw['named-by'] !== undefined) return { kind: 'named-by', step: raw['named-by'] };
  if (raw['sent-by'] !== undefined) return { kind: 'sent-by', step: raw['sent-by'] };
  return { kind: 'of', actor: raw.actor ?? '', ...given({ changed: raw.changed }) };
}

function isList(raw: RawSession): raw is readonly RawOneSession[] {
  return Array.isArray(raw);
}
