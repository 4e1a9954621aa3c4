export const base = `
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 3.5rem; -webkit-text-size-adjust: 100%; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.55 system-ui, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif; }
main { max-width: 74rem; margin: 0 auto; padding: 1.5rem clamp(.8rem, 3vw, 2rem) 4rem; }
[hidden] { display: none !important; }
h1, h2, h3, h4 { line-height: 1.3; margin: 0; text-wrap: balance; }
h2 { font-size: 1.35rem; margin: 2.6rem 0 .9rem; display: flex; flex-wrap: wrap; align-items: baseline; gap: .2rem .7rem; }
h2 small { font-size: .9rem; font-weight: 400; color: var(--quiet); }
h3 { font-size: 1.05rem; }
h4 { font-size: .9rem; margin: 1.3rem 0 .5rem; }
p { margin: .5rem 0; }
a { color: var(--link); text-underline-offset: .15em; overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
code, pre, .fields { font: .86em/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace; overflow-wrap: anywhere; }
pre { margin: 0; padding: .7rem .8rem; background: var(--inset); border-radius: 6px; overflow: auto; max-height: 24rem; white-space: pre-wrap; }
ul, ol { margin: 0; padding: 0; list-style: none; }
dl { margin: 0; display: grid; gap: .55rem; }
dl > div { display: grid; grid-template-columns: 7.2rem minmax(0, 1fr); gap: .2rem .9rem; }
dt { color: var(--quiet); font-size: .88rem; }
dd { margin: 0; overflow-wrap: anywhere; }
summary { cursor: pointer; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.1rem 1.3rem; margin: 0 0 1rem; }
.card > h3 { margin-bottom: .7rem; }
.aside { color: var(--quiet); font-size: .88rem; }
.nothing { color: var(--quiet); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: .5rem; z-index: 2; background: var(--card); padding: .4rem .8rem; }
.mark { color: var(--is); font-weight: 700; display: inline-block; min-width: 1.1em; text-align: center; position: relative; }
.badge { display: inline-block; border: 1px solid var(--line); border-radius: 99px; padding: .05rem .6rem; font-size: .8rem; line-height: 1.5; color: var(--quiet); background: var(--card); white-space: nowrap; font-weight: 400; }
.badge.fail { color: var(--fail); background: var(--fail-tint); border-color: transparent; }
.scroll { overflow-x: auto; }
.copyable { display: flex; gap: .5rem; align-items: flex-start; }
.copyable pre { flex: 1; min-width: 0; }
button, input, select { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .35rem .6rem; }
button { cursor: pointer; color: var(--link); }
button:hover { border-color: var(--link); }
details > summary { list-style-position: inside; }
`;
