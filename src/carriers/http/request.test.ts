// Helpers stand beside the tests that they serve.
/* oxlint-disable unicorn/consistent-function-scoping */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Header, HttpRequest } from '../../model/framing.js';
import { connectTo, tcpTarget, whole } from './testing/stand.js';

/** What stood on the wire for a request, and the headers that the carrier was set up with. */
async function written(request: HttpRequest, headers: readonly Header[] = []): Promise<string> {
  let seen = '';
  const url = await tcpTarget((socket, bytes) => {
    seen = bytes.toString('latin1');
    socket.end('HTTP/1.1 204 No Content\r\n\r\n');
  });
  await connectTo(url, { headers }).send(request, whole).settled;
  return seen.replaceAll(url.host, 'HOST');
}

describe('a request on the wire', () => {
  it('keeps order, case and repetition of its fields, and adds only host and connection', async () => {
    const headers: Header[] = [
      ['X-b', '1'],
      ['Mcp-SESSION-id', 'one'],
      ['x-a', '2'],
      ['Mcp-SESSION-id', 'two'],
    ];
    expect(await written({ carrier: 'http', method: 'GET', headers }, [['X-Added', 'last']])).toBe(
      'GET /mcp HTTP/1.1\r\nhost: HOST\r\nconnection: keep-alive\r\n' +
        'X-b: 1\r\nMcp-SESSION-id: one\r\nx-a: 2\r\nMcp-SESSION-id: two\r\nX-Added: last\r\n\r\n',
    );
  });

  it('has its body as UTF-8 behind its length', async () => {
    const bytes = await written({ carrier: 'http', method: 'POST', headers: [], body: '"é"' });
    expect(bytes).toMatch(/content-length: 4\r\n\r\n"Ã©"$/);
  });

  it('carries latin-1 values as the bytes they are', async () => {
    expect(await written({ carrier: 'http', method: 'GET', headers: [['X-Id', 'caf\xe9\xff']] })).toContain(
      'X-Id: caf\xe9\xff\r\n',
    );
  });

  it('carries what a client library would refuse', async () => {
    const headers: Header[] = [
      ['X-Nul', 'a\0b'],
      ['X-Del', 'a\x7fb'],
      ['X-Esc', '\x1b'],
      ['bad name', ''],
    ];
    expect(await written({ carrier: 'http', method: 'DELETE', headers }, [['X-Added', 'last']])).toBe(
      'DELETE /mcp HTTP/1.1\r\nhost: HOST\r\nconnection: close\r\n' +
        'X-Nul: a\0b\r\nX-Del: a\x7fb\r\nX-Esc: \x1b\r\nbad name: \r\nX-Added: last\r\n\r\n',
    );
  });

  it('has the fields that a caller gives instead of our own', async () => {
    const headers: Header[] = [
      ['Content-Length', '1'],
      ['Host', 'evil.example'],
      ['Content-Length', '2'],
    ];
    expect(await written({ carrier: 'http', method: 'POST', headers, body: '{}' })).toBe(
      'POST /mcp HTTP/1.1\r\nconnection: close\r\nContent-Length: 1\r\nHost: evil.example\r\nContent-Length: 2\r\n\r\n{}',
    );
  });

  it('can be any bytes at all', async () => {
    const raw = 'GARBAGE \xff\0\r\n\r\n';
    expect(await written({ carrier: 'http', method: 'POST', headers: [['X-A', 'not sent']], raw })).toBe(raw);
  });

  it('has every field as it was given, in each way of sending', async () => {
    const latin1 = fc.string({ unit: fc.nat(255).map((code) => String.fromCharCode(code)), maxLength: 12 });
    const name = fc.oneof(
      fc.constantFrom('X-A', 'Accept', 'Host', 'Upgrade', 'te', '__proto__', 'Content-Type'),
      latin1,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, latin1), { minLength: 1, maxLength: 4 }), async (headers) => {
        const lines = headers.map((header) => header.join(': ')).join('\r\n');
        expect(await written({ carrier: 'http', method: 'GET', headers })).toContain(`\r\n${lines}\r\n\r\n`);
      }),
      { numRuns: 150 },
    );
  });

  it('is refused where a field is not latin-1', async () => {
    const url = await tcpTarget(() => {});
    const connection = connectTo(url);
    expect(() =>
      connection.send({ carrier: 'http', method: 'GET', headers: [['X-Id', '✓']] }, whole),
    ).toThrow(RangeError);
  });
});

describe('a client that hangs up in a request', () => {
  const begun = (stopIn: 'head' | 'body') =>
    new Promise<string>((resolve) => {
      void tcpTarget((socket, bytes) => {
        let seen = bytes.toString('latin1');
        socket.on('data', (more: Buffer) => (seen += more.toString('latin1')));
        socket.on('end', () => resolve(seen));
      }).then((url) =>
        connectTo(url).send(
          { carrier: 'http', method: 'POST', headers: [['X-a', '1']], body: '0123456789' },
          { ...whole, abortWhenSent: true, stopIn },
        ),
      );
    });

  it('has not said all of its head', async () => {
    const seen = await begun('head');
    expect(seen).toMatch(/^POST \/mcp/);
    expect(seen).not.toContain('\r\n\r\n');
  });
  it('or has said a part of its body', async () => {
    expect(await begun('body')).toMatch(/content-length: 10\r\n\r\n01234$/);
  });
});
