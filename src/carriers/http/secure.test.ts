import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { Server, Socket } from 'node:net';
import { connect } from 'node:net';
import { createServer as createHttpServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Header } from '../../model/framing.js';
import { connectTo, get, httpTarget, listening, tcpTarget, whole } from './testing/stand.js';

interface Pair {
  readonly key: string;
  readonly cert: string;
}

const here = selfSigned('127.0.0.1');

function selfSigned(address: string): Pair {
  const folder = mkdtempSync(join(tmpdir(), 'wire-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', `/CN=${address}`, '-addext', `subjectAltName=IP:${address}`];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
  execFileSync('openssl', ['req', '-x509', ...curve, ...subject, '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  });
  const pair = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  rmSync(folder, { recursive: true });
  return pair;
}

async function secureTarget(pair: Pair): Promise<URL> {
  const { port } = await listening(
    createServer(pair, (request, response) => void response.end(request.headers.host)),
  );
  return new URL(`https://127.0.0.1:${port}/mcp`);
}

/** A forward proxy that opens tunnels and notes where to. */
async function proxyTo(tunnels: string[]): Promise<string> {
  const proxy: Server = createHttpServer().on('connect', (request, client: Socket) => {
    tunnels.push(request.url ?? '');
    const { hostname, port } = new URL(`http://${request.url}`);
    const target = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      client.pipe(target).pipe(client);
    });
    target.on('error', () => client.destroy());
    client.on('error', () => target.destroy()).on('close', () => target.destroy());
  });
  const { port } = await listening(proxy);
  return `http://127.0.0.1:${port}`;
}

describe('TLS', () => {
  it('distrusts a self-signed certificate', async () => {
    const url = await secureTarget(here);
    expect(await get(connectTo(url))).toMatchObject({ kind: 'dropped', code: 'CERT_UNTRUSTED' });
  });

  it('trusts it where it is named', async () => {
    const url = await secureTarget(here);
    expect(await get(connectTo(url, { ca: here.cert }))).toMatchObject({ content: { text: url.host } });
  });

  it('trusts any where it is configured to', async () => {
    const url = await secureTarget(selfSigned('192.0.2.1'));
    expect(await get(connectTo(url, { insecure: true }))).toMatchObject({ content: { text: url.host } });
  });

  it('minds the name in a trusted certificate', async () => {
    const other = selfSigned('192.0.2.1');
    const url = await secureTarget(other);
    expect(await get(connectTo(url, { ca: other.cert }))).toMatchObject({
      kind: 'dropped',
      code: 'CERT_HOSTNAME',
    });
  });

  it('takes a forged Host and control bytes, and can be left', async () => {
    const url = await secureTarget(here);
    const connection = connectTo(url, { ca: here.cert });
    const headers: Header[] = [['Host', 'evil.example']];
    expect(await connection.send({ carrier: 'http', method: 'GET', headers }, whole).settled).toMatchObject({
      content: { text: 'evil.example' },
    });
    const { settled } = connection.send(
      { carrier: 'http', method: 'GET', headers },
      { ...whole, abortWhenSent: true },
    );
    expect(await settled).toMatchObject({ kind: 'aborted' });
  });

  it('fails where the target speaks none', async () => {
    const url = await httpTarget((_request, response) => response.end());
    url.protocol = 'https:';
    const reply = await get(connectTo(url, { insecure: true }));
    expect(reply).toMatchObject({ kind: 'dropped', code: 'TLS_HANDSHAKE' });
  });
});

describe('a proxy', () => {
  it('tunnels to the target, with every field kept', async () => {
    const tunnels: string[] = [];
    const url = await httpTarget((request, response) => void response.end(request.rawHeaders.join(',')));
    const connection = connectTo(url, { proxy: await proxyTo(tunnels) });
    const headers: Header[] = [
      ['X-Id', 'one'],
      ['x-id', 'two'],
    ];
    expect(await connection.send({ carrier: 'http', method: 'GET', headers }, whole).settled).toMatchObject({
      content: { text: `host,${url.host},connection,keep-alive,X-Id,one,x-id,two` },
    });
    await connection.send({ carrier: 'http', method: 'GET', headers }, whole).settled;
    expect(tunnels).toEqual([url.host]);
  });

  it('carries TLS', async () => {
    const url = await secureTarget(here);
    const reply = await get(connectTo(url, { ca: here.cert, proxy: await proxyTo([]) }));
    expect(reply).toMatchObject({ content: { text: url.host } });
  });

  it.each(['HTTP/1.1 403 Forbidden\r\n\r\n', 'HTTP/1.1 204 ', ''])(
    'that answers %j is named',
    async (answer) => {
      const { origin } = await tcpTarget((socket) => socket.end(answer));
      const reply = await get(connectTo(new URL('http://192.0.2.1/'), { proxy: origin }));
      expect(reply).toMatchObject({ kind: 'dropped', code: 'PROXY' });
    },
  );
});
