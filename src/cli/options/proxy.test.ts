import { expect, test } from 'vitest';
import { proxyFor } from './proxy.js';

const proxy = 'http://proxy.example:3128';

test.each<[string, Readonly<Record<string, string>>, string | undefined]>([
  ['http://mcp.example/mcp', {}, undefined],
  ['http://mcp.example/mcp', { HTTP_PROXY: proxy }, proxy],
  ['http://mcp.example/mcp', { HTTPS_PROXY: proxy }, undefined],
  ['https://mcp.example/mcp', { HTTPS_PROXY: proxy }, proxy],
  ['http://mcp.example/mcp', { http_proxy: proxy, HTTP_PROXY: 'http://other:1' }, proxy],
  ['http://mcp.example/mcp', { HTTP_PROXY: proxy, NO_PROXY: '*' }, undefined],
  ['http://mcp.example/mcp', { HTTP_PROXY: proxy, NO_PROXY: 'a.example, example' }, undefined],
  ['http://mcp.example/mcp', { HTTP_PROXY: proxy, NO_PROXY: '.mcp.example' }, undefined],
  ['http://mcp.example/mcp', { HTTP_PROXY: proxy, NO_PROXY: 'cp.example' }, proxy],
  ['http://mcp.example:81/mcp', { HTTP_PROXY: proxy, NO_PROXY: 'mcp.example:80' }, proxy],
  ['http://mcp.example/mcp', { HTTP_PROXY: proxy, no_proxy: 'mcp.example:80' }, undefined],
  ['http://127.0.0.1:3000/mcp', { HTTP_PROXY: proxy }, undefined],
  ['http://localhost/mcp', { HTTP_PROXY: proxy }, undefined],
  ['http://[::1]/mcp', { HTTP_PROXY: proxy }, undefined],
])('%s with %j goes through %s', (url, env, expected) => {
  expect(proxyFor(new URL(url), env)).toBe(expected);
});

test('a proxy that is no address is a mistake', () => {
  expect(() => proxyFor(new URL('http://mcp.example/'), { HTTP_PROXY: 'nonsense' })).toThrow(
    'HTTP_PROXY must be http://host:port, not "nonsense"',
  );
});
