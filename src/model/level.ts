/**
 * What the keyword of a requirement is. The last three name sources other than the specification: the project's brief
 * (`brief`), MCP's security best practices (`security`) and what peers agree on (`practice`).
 */
export const levels = [
  'MUST',
  'MUST NOT',
  'SHOULD',
  'SHOULD NOT',
  'MAY',
  'brief',
  'security',
  'practice',
] as const;
export type Level = (typeof levels)[number];

export const severities = ['must', 'should', 'any'] as const;
export type Severity = (typeof severities)[number];

/** Which `--fail-on` setting a failure at this level trips. A proven security fault trips it as a MUST does. */
export const severityOf: Record<Level, Severity> = {
  MUST: 'must',
  'MUST NOT': 'must',
  brief: 'must',
  security: 'must',
  SHOULD: 'should',
  'SHOULD NOT': 'should',
  practice: 'any',
  MAY: 'any',
};

/** True when a failure of `severity` counts under the policy `failOn`. */
export function trips(severity: Severity, failOn: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(failOn);
}
