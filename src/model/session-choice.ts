/** Which session id a request carries. */
export type SessionChoice =
  | { readonly kind: 'own' }
  | { readonly kind: 'none' }
  | { readonly kind: 'of'; readonly actor: string; readonly changed?: Change }
  | { readonly kind: 'generated'; readonly how: GeneratedForm }
  | { readonly kind: 'text'; readonly text: string }
  /** What the refusal of a named step carried. */
  | { readonly kind: 'named-by'; readonly step: string }
  /** What a named step carried itself. */
  | { readonly kind: 'sent-by'; readonly step: string }
  | { readonly kind: 'several'; readonly of: readonly SessionChoice[]; readonly joined?: string };

/** How an issued id is altered so that it was never issued. */
export const changes = [
  'same-form',
  'truncated',
  'first-half',
  'first-eight',
  'extended',
  'prefixed',
  'case-flipped',
  'case-swapped',
  'look-alike',
  'spaced-inside',
  'unhyphenated',
] as const;
export type Change = (typeof changes)[number];

/** Ids of our own making. */
export const generatedForms = ['uuid', 'hex32', 'short', 'long'] as const;
export type GeneratedForm = (typeof generatedForms)[number];
