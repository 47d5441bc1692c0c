/** A line of its own into a class: what the host's browser could say, without a screen that would have to be operated for it. */
import type { ClientMessage, Command, ServerMessage } from '../../frontend/src/protocol/classroom';
import { PROTOCOL } from '../../frontend/src/protocol/classroom';
import { NOTHING_SEEN } from '../../frontend/src/sync/versions';
import type { Person } from './person';

/** Opens a line in the host's browser. What it returns sends a command and waits until it has happened. */
export async function hostsLine(
  { page }: Person,
  code: string,
): Promise<(command: Command) => Promise<void>> {
  const secret = await page.evaluate((code) => localStorage.getItem(`convocation:${code}:hostSecret`), code);
  const hello: ClientMessage = {
    type: 'hello',
    protocol: PROTOCOL,
    credential: { kind: 'host', secret: secret ?? '' },
    mode: null,
    have: NOTHING_SEEN,
  };
  const line = await page.evaluateHandle(
    async ({ code, hello }) => {
      const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/api/classes/${code}/socket`);
      const waiting = new Map<number, (refusal: string | null) => void>();
      await new Promise<void>((resolve, reject) => {
        socket.onopen = () => socket.send(JSON.stringify(hello));
        socket.onmessage = ({ data }: MessageEvent<string>) => {
          const message = JSON.parse(data) as ServerMessage;
          if (message.type === 'welcome') resolve();
          if (message.type === 'bye') reject(new Error(`the class says goodbye: ${message.reason}`));
          if (message.type === 'done') waiting.get(message.id)?.(null);
          if (message.type === 'rejected') waiting.get(message.id)?.(message.message);
        };
      });
      return (command: Command) =>
        new Promise<string | null>((resolve) => {
          const id = waiting.size + 1;
          waiting.set(id, resolve);
          socket.send(JSON.stringify({ type: 'command', id, command }));
        });
    },
    { code, hello },
  );
  return async (command) => {
    const refusal = await line.evaluate((send, command) => send(command), command);
    if (refusal !== null) throw new Error(`${JSON.stringify(command)}: ${refusal}`);
  };
}
