/** The verdict, and the way to the parts. */
export const top = `
.verdict { background: var(--card); border: 1px solid var(--line); border-left: 6px solid var(--is); border-radius: 10px; padding: 1.3rem clamp(1rem, 3vw, 1.8rem); }
.eyebrow { margin: 0 0 .4rem; text-transform: uppercase; letter-spacing: .07em; font-size: .76rem; color: var(--quiet); }
h1 { font-size: clamp(1.2rem, 1rem + 1.1vw, 1.6rem); display: flex; gap: .5rem; overflow-wrap: anywhere; text-wrap: wrap; }
h1 .mark { flex: none; }
.target { margin: .8rem 0 0; }
.verdict .aside { margin: .2rem 0 0; }
.summary { margin-top: 1.1rem; }
.summary ul { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; margin-top: .6rem; }
.bar { display: block; width: 100%; height: 10px; border-radius: 5px; overflow: hidden; }
.bar rect { fill: var(--is); }
.bar .not-applicable, .bar .not-run { fill: var(--line); }
nav { display: flex; gap: .2rem 1.2rem; overflow-x: auto; position: sticky; top: 0; z-index: 1; background: var(--ground); padding: .7rem .2rem; border-bottom: 1px solid var(--line); }
nav a { text-decoration: none; white-space: nowrap; font-size: .92rem; }
nav a:hover { text-decoration: underline; }
`;
