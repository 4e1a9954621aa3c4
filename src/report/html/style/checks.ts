import { profileNames } from '../../../model/profile.js';

export const checks = `
table { border-collapse: collapse; font-size: .9rem; }
th, td { padding: .2rem .8rem; text-align: left; font-weight: 400; }
thead th { color: var(--quiet); }
th.group { color: var(--quiet); font-size: .8rem; padding-top: .9rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
td.number { color: var(--is, var(--text)); font-weight: 600; }
td.zero { color: var(--quiet); font-weight: 400; }
#filter { display: grid; gap: .8rem; }
.fields-row { display: flex; flex-wrap: wrap; gap: .7rem; }
.fields-row label { display: grid; gap: .2rem; font-size: .85rem; color: var(--quiet); flex: 1 1 8rem; min-width: 0; }
.fields-row .grow { flex: 3 1 16rem; }
.fields-row input, .fields-row select { width: 100%; color: var(--text); }
fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .4rem; }
legend { font-size: .85rem; color: var(--quiet); padding: 0 0 .2rem; }
.chip { display: inline-flex; align-items: center; gap: .35rem; border: 1px solid var(--line); border-radius: 99px; padding: .2rem .75rem .2rem .55rem; cursor: pointer; font-size: .9rem; }
.chip span { color: var(--is); font-weight: 700; }
.chip:has(:checked) { background: var(--tint); }
.chip input { accent-color: var(--link); margin: 0; padding: 0; }
#shown { margin: 0; color: var(--quiet); font-size: .88rem; }
.suite { margin-bottom: 1.2rem; border: 1px solid var(--line); border-radius: 10px; background: var(--card); overflow: clip; }
.suite-head, .suite summary { display: grid; grid-template-columns: minmax(0, 1fr) 8.5rem 19rem; gap: .6rem; align-items: center; padding: .5rem 1rem; }
.suite-head { background: var(--inset); font-size: .8rem; color: var(--quiet); }
.suite-head h3 { color: var(--text); font-size: .98rem; }
.suite summary { grid-template-columns: 1.2rem minmax(0, 1fr) 8.5rem 19rem; list-style: none; }
.suite summary::-webkit-details-marker { display: none; }
.suite summary:hover { background: var(--inset); }
.suite li { border-top: 1px solid var(--line); }
.suite li:target { outline: 2px solid var(--focus); outline-offset: -2px; }
.suite summary:has(> .mark.fail) { box-shadow: inset 3px 0 var(--fail); }
.what { min-width: 0; }
.what .name { display: block; overflow-wrap: anywhere; }
.what code { color: var(--quiet); font-size: .8rem; }
.level { font-size: .85rem; color: var(--quiet); overflow-wrap: anywhere; }
.profiles { display: grid; grid-template-columns: repeat(4, 1fr); text-align: center; white-space: nowrap; }
.suite details[open] > summary { background: var(--inset); }
.suite li dl { padding: .6rem 1rem .9rem 2.8rem; font-size: .9rem; gap: .3rem; }
@media screen and (max-width: 48rem) {
  .suite-head { grid-template-columns: minmax(0, 1fr); }
  .suite-head > span { display: none; }
  .suite summary { grid-template-columns: 1.2rem minmax(0, 1fr) auto; padding: .5rem .7rem; }
  .suite details:not([open]) .profiles { display: none; }
  .suite summary .profiles { grid-column: 2 / -1; text-align: left; font-size: .8rem; }
  .suite .profiles .mark::before { font-weight: 400; color: var(--quiet); }
  ${profileNames.map((name, i) => `.profiles .mark:nth-child(${i + 1})::before { content: '${name} '; }`).join('\n  ')}
  .suite .level { text-align: right; max-width: 6rem; }
  .suite li dl { padding-left: .7rem; padding-right: .7rem; }
}
@media (max-width: 34rem) {
  dl > div, .columns dl > div, .digests > div { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .card { padding: .9rem; }
  .finding { padding: 0; }
  .finding > * { margin-left: .9rem; margin-right: .9rem; }
  .finding > header, .finding > summary { padding: .8rem .9rem; }
  .copyable { flex-direction: column; }
  .copyable pre { width: 100%; }
}
`;
