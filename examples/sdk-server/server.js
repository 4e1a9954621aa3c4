import { randomUUID } from 'node:crypto';
import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';

/** One transport for each session, by its id. */
const transports = new Map();
const app = createMcpExpressApp();

// The SDK checks Host and leaves Origin to the server. A client that is no browser sends none.
app.use((request, response, next) => {
  const origin = request.get('origin');
  if (origin === undefined || origin === `http://${request.get('host')}`) next();
  else response.status(403).json(refusal(-32000, 'Forbidden: this Origin is not allowed'));
});

app.all('/mcp', async (request, response) => {
  const id = request.get('mcp-session-id');
  const transport = id === undefined ? undefined : transports.get(id);
  if (transport !== undefined) return transport.handleRequest(request, response, request.body);
  // Clients open a new session on 404, and on nothing else.
  if (id !== undefined) return response.status(404).json(refusal(-32001, 'Session not found'));
  if (request.method === 'POST' && isInitializeRequest(request.body)) {
    return (await opened()).handleRequest(request, response, request.body);
  }
  response.status(400).json(refusal(-32000, 'Bad Request: Mcp-Session-Id is missing'));
});

async function opened() {
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (id) => transports.set(id, transport),
  });
  transport.onclose = () => transports.delete(transport.sessionId);
  await newServer().connect(transport);
  return transport;
}

/** A server for each session, so that what it keeps belongs to that session. */
function newServer() {
  const notes = [];
  const server = new McpServer({ name: 'notebook', version: '1.0.0' });
  server.registerTool(
    'note_add',
    { description: 'Keeps a note of this session.', inputSchema: { text: z.string() } },
    ({ text }) => {
      notes.push(text);
      return said('kept');
    },
  );
  server.registerTool('note_list', { description: 'Shows the notes of this session.' }, () =>
    said(notes.join('\n')),
  );
  return server;
}

function said(text) {
  return { content: [{ type: 'text', text }] };
}

function refusal(code, message) {
  return { jsonrpc: '2.0', error: { code, message }, id: null };
}

app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1');
