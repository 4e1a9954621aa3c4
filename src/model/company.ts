/** Why clients that come together are not all served. */
export const companyStops = [
  'second-refused',
  'second-replaces',
  'only-one',
  'number-refused',
  'number-replaces',
  'revision',
  'delete',
  'messages',
] as const;
export type CompanyStop = (typeof companyStops)[number];
