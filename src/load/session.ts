import type { SessionChoice } from '../model/suite.js';
import { given } from './given.js';
import type { RawOneSession, RawSession } from './raw.js';

export function sessionChoice(raw: RawSession): SessionChoice {
  if (isList(raw)) return { kind: 'several', of: raw.map(oneSession) };
  if (typeof raw === 'object' && 'joined' in raw)
    return { kind: 'several', of: raw.of.map(oneSession), joined: raw.joined };
  return oneSession(raw);
}

function oneSession(raw: RawOneSession): SessionChoice {
  if (raw === 'own' || raw === 'none') return { kind: raw };
  if (typeof raw === 'string') return { kind: 'of', actor: raw };
  if (raw.made !== undefined) return { kind: 'made', how: raw.made };
  if (raw.text !== undefined) return { kind: 'text', text: raw.text };
  if (raw.from !== undefined) return { kind: 'named-by', step: raw.from };
  if (raw['sent-by'] !== undefined) return { kind: 'sent-by', step: raw['sent-by'] };
  return { kind: 'of', actor: raw.of ?? '', ...given({ changed: raw.changed }) };
}

function isList(raw: RawSession): raw is readonly RawOneSession[] {
  return Array.isArray(raw);
}
