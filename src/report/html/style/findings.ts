export const findings = `
.contents { margin: 0 0 1rem; padding-left: 1.6rem; list-style: decimal; }
.contents li { padding: .1rem 0; }
.finding { padding: 0; overflow: clip; }
.finding > * { margin-left: 1.3rem; margin-right: 1.3rem; }
.finding > header, .finding > summary { margin: 0; padding: .9rem 1.3rem; }
.finding > header { background: var(--fail-tint); display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .4rem 1rem; }
.finding > header h3 { display: flex; gap: .4rem; }
.finding > :last-child { margin-bottom: 1.2rem; }
.finding h3 .mark { flex: none; }
.badges { display: flex; flex-wrap: wrap; gap: .3rem; margin: 0; }
.below { color: var(--quiet); margin: 1.6rem 0 .7rem; font-weight: 600; font-size: .95rem; }
.card > summary .title, .reasons summary .title { font-weight: 600; margin-right: .5rem; }
details.finding > summary .badges { display: inline-flex; vertical-align: middle; }
details.card:not(.finding)[open] > summary { margin-bottom: .8rem; }
.lead { font-size: 1.04rem; font-weight: 600; margin-top: 1rem; margin-bottom: -.3rem; }
.columns { margin-top: 1rem; margin-bottom: 1rem; display: grid; grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)); gap: 1rem 2rem; align-items: start; }
.columns dl > div { grid-template-columns: 6.6rem minmax(0, 1fr); }
.keys { display: block; font-size: .85rem; color: var(--quiet); }
.fix dd { border-left: 3px solid var(--pass); background: var(--pass-tint); padding: .45rem .75rem; border-radius: 0 6px 6px 0; }
.observed { background: var(--inset); border-radius: 8px; padding: .8rem 1rem; }
.decisive dd code { color: var(--fail); font-weight: 600; }
.finding details > summary { padding: .25rem 0; color: var(--link); font-size: .92rem; }
.wires, .checks { margin-top: .7rem; }
.ids { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; font: .84rem/1.6 ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace; padding: .2rem 0; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: 1rem; margin-top: .5rem; }
.exchange { border: 1px solid var(--line); border-radius: 8px; padding: .8rem 1rem; min-width: 0; }
.exchange h4 { margin: 0 0 .4rem; }
.wire { margin: .7rem 0 .3rem; overflow-wrap: anywhere; }
.took { color: var(--quiet); font-weight: 400; font-size: .88em; }
.fields li { padding-left: 1.2em; text-indent: -1.2em; }
.fields .name { color: var(--quiet); }
.text .aside { margin: .5rem 0 .2rem; }
.cut { color: var(--quiet); font-style: italic; }
.reasons > li + li { border-top: 1px solid var(--line); }
.reasons summary { padding: .5rem 0; }
.reasons .how { display: block; color: var(--quiet); font-size: .92rem; padding-left: 1.1rem; }
.reasons .ids, .reasons .how { margin-left: 0; }
.incidents li + li { margin-top: .6rem; }
.incidents { overflow-wrap: anywhere; }
.digests { margin-top: .6rem; }
.digests > div { grid-template-columns: 9rem minmax(0, 1fr); }
.ids-line { overflow-wrap: anywhere; font-size: .85rem; }
`;
