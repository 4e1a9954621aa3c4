import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

const answerMs = 1_000;

/**
 * Whether a server answers HTTP, which one that starts slowly does later than it accepts connections. What is sent opens no session,
 * and brings no body: some servers take the first message for the only session that they will ever have.
 */
export async function answersHttp(url: URL): Promise<boolean> {
  const answers = await Promise.all([statusOf(url, 'OPTIONS'), statusOf(url, 'GET')]);
  return answers.some((status) => status !== undefined && !isStillStarting(status));
}

/** What stands before a server says so while the server is not there. */
function isStillStarting(status: number): boolean {
  return status === 502 || status === 503 || status === 504;
}

function statusOf(url: URL, method: string): Promise<number | undefined> {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    // A certificate matters to the run, and not to whether there is an answer.
    const options = { method, agent: false, headers: { accept: 'text/plain' }, rejectUnauthorized: false };
    const request = send(url, { ...options, timeout: answerMs }, (response) => {
      resolve(response.statusCode);
      request.destroy();
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(undefined)).on('close', () => resolve(undefined));
    request.end();
  });
}
