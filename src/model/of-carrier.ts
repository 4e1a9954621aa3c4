import type { Address } from './carrier.js';
import { needs, type Need } from './need.js';
import type { LeftOut } from './plan.js';
import type { Check, Examined } from './suite.js';
import { kindOf } from './steps/index.js';
import { written, type Extent } from './walk.js';

type CarrierName = Address['kind'];

/** What pages of the specification, and others, are about. What stands nowhere here is about messages. */
const sections: readonly (readonly [CarrierName, RegExp])[] = [
  ['stdio', /^basic\/(?:transports[#/]stdio|lifecycle#stdio)\b/],
  [
    'http',
    /^basic\/(?:transports(?:\/streamable-http\b|#(?!custom-transports))|lifecycle#http\b|authorization\b)/,
  ],
  // What keeps sessions of one process apart, requests of HTTP, and what a browser may read of an answer.
  ['http', /security_best_practices|rfc9110|fetch\.spec\.whatwg\.org/],
];

const names = { http: 'HTTP', stdio: 'stdio' } as const satisfies Record<CarrierName, string>;

/** Why a check or a monitor is not for targets over this carrier, if so: its requirement is of the other one, or a step is. */
export function ofOtherCarrier(
  examined: Examined | Check,
  carrier: CarrierName,
  { needsMet = [] }: Pick<Extent, 'needsMet'> = {},
): LeftOut | undefined {
  const says =
    byRequirement(examined, carrier) ??
    byNeed(examined, carrier) ??
    ('steps' in examined ? byStep(examined, carrier, needsMet) : undefined);
  return says === undefined ? undefined : { reason: 'other-carrier', says };
}

function byRequirement({ requirement: { section } }: Examined, carrier: CarrierName): string | undefined {
  const of = section === undefined ? undefined : sections.find(([, pattern]) => pattern.test(section))?.[0];
  if (of === undefined || of === carrier) return undefined;
  return `${names[of]} only: ${because[of]}`;
}

const because = {
  http: 'the requirement is about requests of HTTP and sessions in them.',
  stdio: 'the requirement is about the process of one client.',
} as const satisfies Record<CarrierName, string>;

/** What is given to a run, or asked of a target, over HTTP alone. */
const needsOfHttp: ReadonlySet<Need> = new Set<Need>([
  'two-principals',
  'idle-timeout',
  'replicas',
  'shared-sessions',
  'operator',
  'delete',
  'reply-streams',
  'event-ids',
  'reply-ids',
]);

function byNeed({ needs: wanted }: Examined, carrier: CarrierName): string | undefined {
  const need = carrier === 'http' ? undefined : wanted.find((one) => needsOfHttp.has(one));
  return need === undefined ? undefined : `HTTP only: ${needs[need]}.`;
}

function byStep({ steps }: Check, carrier: CarrierName, needsMet: readonly Need[]): string | undefined {
  for (const step of written(steps, { needsMet })) {
    const bound = kindOf(step).carrier(step);
    if (bound !== undefined && bound.carrier !== carrier)
      return `${names[bound.carrier]} only: step ${step.path} ${bound.does}.`;
  }
  return undefined;
}
