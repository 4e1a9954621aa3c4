/** What can be found out of raw session ids. */
export const analyses = ['visible-ascii', 'uuid', 'guessable', 'distinct'] as const;
export type AnalysisName = (typeof analyses)[number];

/** What each analysis finds, by name. */
export const findingsOf: Readonly<Record<AnalysisName, readonly string[]>> = {
  'visible-ascii': ['visible'],
  uuid: ['uuid', 'uuid-any'],
  guessable: ['guessable', 'bits'],
  distinct: ['distinct'],
};
