/** The client that EvoLink publishes, as a process of its own: tools are called over its standard input, with its own words as answers. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

export interface ToolAnswer {
  text: string;
  isError: boolean;
}

export interface PublishedClient {
  /** The names of its tools. */
  tools(): Promise<string[]>;
  use(tool: string, args: Readonly<Record<string, unknown>>): Promise<ToolAnswer>;
  close(): Promise<void>;
}

interface Message {
  id?: number;
  result?: { tools?: { name: string }[]; content?: { text: string }[]; isError?: boolean };
  error?: { message: string };
}

const require = createRequire(import.meta.url);

/** Its base URLs lead to the sandbox at `origin`; nothing else of it is changed. */
export async function startPublishedClient({ origin, key }: { origin: string; key: string }): Promise<PublishedClient> {
  const program = require.resolve('@evolinkai/evolink-media');
  const redirect = require.resolve('./redirectToSandbox.ts');
  const child = spawn(process.execPath, ['--import', redirect, program], {
    env: { ...process.env, EVOLINK_API_KEY: key, RESTAGE_SANDBOX_ORIGIN: origin },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const waiting = new Map<number, { resolve(message: Message): void; reject(error: Error): void }>();
  let said = '';
  let count = 0;
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const ended = new Promise<void>((resolve) => {
    child.on('close', (code) => {
      for (const { reject } of waiting.values()) reject(new Error(`the client ended with ${code}: ${said}`));
      resolve();
    });
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = JSON.parse(line) as Message;
    waiting.get(message.id ?? -1)?.resolve(message);
  });

  const send = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  async function ask(method: string, params: object): Promise<NonNullable<Message['result']>> {
    const id = ++count;
    const answer = await new Promise<Message>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      send({ id, method, params });
    }).finally(() => waiting.delete(id));
    if (!answer.result) throw new Error(`${method}: ${answer.error?.message ?? 'no result'}`);
    return answer.result;
  }

  const clientInfo = { name: 'restage-test', version: '1.0.0' };
  await ask('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
  send({ method: 'notifications/initialized' });
  return {
    tools: async () => ((await ask('tools/list', {})).tools ?? []).map(({ name }) => name),
    async use(name, args) {
      const { content = [], isError = false } = await ask('tools/call', { name, arguments: args });
      return { text: content.map(({ text }) => text).join('\n'), isError };
    },
    async close() {
      child.stdin.end();
      child.kill();
      await ended;
    },
  };
}
