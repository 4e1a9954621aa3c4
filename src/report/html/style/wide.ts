/** Tables with a column for each server: where they are moved sideways, the first column stays readable. */
export const wide = `
.wide th[scope='row'] { min-width: 12rem; }
.wide th[scope='col'] { min-width: 4rem; overflow-wrap: break-word; }
`;
