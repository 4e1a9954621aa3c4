/** What the pages of a fleet have besides the style of a report. */
export const siteStyle = `
main { max-width: 100rem; }
nav { z-index: 5; }
section { min-width: 0; position: relative; overflow-x: clip; }
.matrix { padding: .4rem .6rem; max-height: 85vh; overflow: auto; }
.matrix table { border-collapse: separate; border-spacing: 0; font-size: .85rem; }
.matrix th, .matrix td { padding: .2rem .3rem; border-bottom: 1px solid var(--line); }
.matrix th[scope='row'] { position: sticky; left: 0; background: var(--card); text-align: left; font-weight: 400; min-width: 11rem; max-width: 26rem; z-index: 1; }
.matrix thead th { position: sticky; top: 0; background: var(--card); vertical-align: bottom; text-align: left; z-index: 2; }
.matrix thead th:first-child { left: 0; z-index: 3; }
.matrix td { text-align: center; min-width: 1.7rem; }
.matrix tbody tr:hover th, .matrix tbody tr:hover td { background: var(--inset); }
.matrix .upright a { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; max-height: 20rem; overflow: hidden; text-overflow: ellipsis; text-decoration: none; font-weight: 400; font-size: .8rem; }
.other { color: var(--quiet); }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1rem; }
.legend > span { white-space: nowrap; }
.targets td, .targets th { vertical-align: top; text-align: left; padding: .35rem .6rem; font-weight: 400; }
.targets .whole { white-space: nowrap; }
.targets th[scope='row'] { min-width: 12rem; }
.targets table { border-collapse: collapse; width: 100%; }
.targets tr + tr > * { border-top: 1px solid var(--line); }
.notes { white-space: pre-wrap; font: inherit; background: none; padding: 0; max-height: none; overflow-wrap: anywhere; }
.releases li { margin: .5rem 0; }
@media (max-width: 40rem) { .matrix th[scope='row'] { min-width: 9rem; max-width: 9rem; overflow-wrap: anywhere; font-size: .75rem; } .matrix { max-height: 80vh; } .matrix .upright a { max-height: 11rem; } .targets thead { display: none; } .targets tr, .targets td, .targets th { display: block; padding: .1rem 0; } .targets tr { padding: .6rem 0; } .targets tr + tr > * { border-top: 0; } .targets tr + tr { border-top: 1px solid var(--line); } .targets .number { display: none; } }
`;
