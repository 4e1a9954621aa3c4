import net from 'node:net'; import http from 'node:http'; import { once } from 'node:events';
import { createWire } from './wire.js'; import { defaultLimits } from '../model/wire.js'; import { Client } from 'undici';
process.on('unhandledRejection', e => { console.log('UNHANDLED', e); }); process.on('uncaughtException', e => { console.log('UNCAUGHT', e); }); process.on('warning', w=>console.log('WARN', w.message));
const s = http.createServer((q,r)=>{ q.resume(); q.on('end',()=>r.end('{}')); }); s.listen(0,'127.0.0.1',4000); await once(s,'listening');
const origin=`http://127.0.0.1:${(s.address() as any).port}`;
async function mine(){ const w = createWire({url:new URL(origin),headers:[],limits:defaultLimits});
const t=performance.now(); 
const cs = Array.from({length:1000},()=>w.connect());
await Promise.all(cs.map(c=>c.send({method:'POST',headers:[],body:'{}'},{timeoutMs:20000,until:'end'}).settled));
const t2=performance.now(); await w.close(); console.log('mine', Math.round(t2-t),'close', Math.round(performance.now()-t2)); }
async function bare(){ const t=performance.now(); const cs=Array.from({length:1000},()=>new Client(origin)); await Promise.all(cs.map(async c=>{const r=await c.request({path:'/',method:'POST',body:'{}'}); await r.body.text()})); const t2=performance.now(); await Promise.all(cs.map(c=>c.destroy())); console.log('bare', Math.round(t2-t),'close', Math.round(performance.now()-t2)); }
for (let i=0;i<3;i++){ await bare(); await mine(); }
const rnd=Math.random;
const bits=['HTTP/1.1 200 OK\r\n','HTTP/1.1 100 Continue\r\n\r\n','Content-Length: 3\r\n','Transfer-Encoding: chunked\r\n','content-type: text/event-stream\r\n','Connection: close\r\n','\r\n','3\r\nabc\r\n','0\r\n\r\n','data: x\n\n','\0\xff','abc','HTTP/1.0 404 X\r\n','retry: 3\n','Content-Length: 0\r\n\r\n','HTTP/1.1 204 N\r\n\r\n','keep-alive: timeout=0\r\n'];
const f = net.createServer(k=>{ k.on('error',()=>{}); k.on('data',()=>{ if(rnd()<.7){ k.write('HTTP/1.1 200 OK\r\n'); if(rnd()<.5) k.write('content-type: text/event-stream\r\n'); if (rnd()<.5) k.write('Transfer-Encoding: chunked\r\n'); k.write('\r\n'); } const n=1+rnd()*6|0; for(let i=0;i<n;i++) k.write(bits[rnd()*bits.length|0]!,'latin1'); const x=rnd(); if(x<.3) k.end(); else if(x<.6) setImmediate(()=>k.resetAndDestroy()); else if (x<.8) k.destroy(); }); }); f.listen(0,'127.0.0.1'); await once(f,'listening');
const w2 = createWire({url:new URL(`http://127.0.0.1:${(f.address() as any).port}/`),headers:[],limits:{...defaultLimits,bodyMaxBytes:100,eventsMax:3}});
const tally:Record<string,number>={}; 
await Promise.all(Array.from({length:20},async()=>{ const c=w2.connect(); for(let i=0;i<400;i++){ const x=rnd(); const call=c.send({method:['GET','POST','HEAD','DELETE'][rnd()*4|0]!,headers:x<.1?[['a','\0']]:[],body:x>.5?'{}':''},{timeoutMs:40,until:x<.3?'end':x<.6?'head':()=>rnd()<.5,...(rnd()<.1?{abortWhenSent:true as const}:{})}); if(rnd()<.1) setImmediate(()=>call.abort()); const wf=call.waitFor(()=>rnd()<.1,5); const r=await call.settled; if(rnd()<.5) await wf; const k=r.kind+(r.kind==='dropped'?' '+r.code+' '+r.says:r.kind==='response'?' '+r.content.kind+' '+r.content.end:''); tally[k]=(tally[k]??0)+1; call.snapshot(); if (rnd()<.5) call.abort(); } await c.close(); }));
console.log(tally); await w2.close(); await new Promise(r=>setTimeout(r,50)); console.log('left', await new Promise(r=>f.getConnections((_,n)=>r(n))));
f.close(); s.close(); console.log((process as any).getActiveResourcesInfo());
