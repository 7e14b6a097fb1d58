/** Seeded lies: what can be wrong with one answer of the provider, by the kind of the answer. */
export type AnswerKind = 'upload' | 'submit' | 'batch' | 'task' | 'list' | 'credits' | 'quota' | 'delete' | 'download';

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

export interface Mutation {
  name: string;
  reply: Reply;
  /** Says that the task has ended otherwise than it has: no server does so twice in a row. */
  isFalseEnd?: boolean;
}

export type Random = () => number;

/** Mulberry32: the same lies for the same seed. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('nothing to choose from');
  return value;
}

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

const odd: readonly [string, (value: Json) => Json | undefined][] = [
  ['gone', () => undefined],
  ['null', () => null],
  ['0', () => 0],
  ['-1', () => -1],
  ['a fraction', () => 0.1],
  ['true', () => true],
  ['empty text', () => ''],
  ['[]', () => []],
  ['{}', () => ({})],
  ['[null]', () => [null]],
  ['in a list', (value) => [value]],
  ['in an object', (value) => ({ value })],
  ['as text', (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value))],
  ['a long text', () => 'x'.repeat(5000)],
];
const ofNumbers: typeof odd = [
  ['times 10000', (value) => Number(value) * 10_000],
  ['times 1000 as text', (value) => String(Number(value) * 1000)],
  ['a thousandth', (value) => Number(value) / 1000],
  ['very large', () => 9e15],
  ['below zero', (value) => -Number(value)],
];
const ofTimes: typeof odd = [
  ['in milliseconds', (value) => (Number(value) || Date.parse(String(value)) / 1000) * 1000],
  ['1970', () => 1],
  ['the year 9999', () => '9999-12-31T23:59:59Z'],
  ['without a zone', () => '2026-01-01 10:00:00'],
  ['words', () => 'yesterday'],
];
const ofStates: typeof odd = [
  ['upper case', (value) => String(value).toUpperCase()],
  ['capital', (value) => String(value).replace(/^./, (letter) => letter.toUpperCase())],
  ['with blanks', (value) => ` ${String(value)} `],
  ['another word', (value) => synonyms[String(value)] ?? 'moonwalking'],
  ['unheard of', () => 'moonwalking'],
];
const synonyms: Readonly<Record<string, string>> = {
  ...{ completed: 'SUCCEEDED', pending: 'queued', processing: 'in_progress', charged: 'CHARGED', failed: 'error' },
};
const ofLinks: typeof odd = [
  ['a plain http link', () => 'http://results.example/r.mp4'],
  ['a script', () => 'javascript:alert(1)'],
  ['a file', () => 'file:///etc/passwd'],
  ['a private address', () => 'https://10.0.0.1/r.mp4'],
  ['the metadata address', () => 'https://169.254.169.254/latest'],
  ['relative', (value) => (URL.canParse(String(value)) ? new URL(String(value)).pathname : 'r.mp4')],
  ['in an object', (value) => ({ url: value })],
];
const ofResults: typeof odd = [
  ['no links', () => []],
  ['one text', (value) => (Array.isArray(value) ? (value[0] ?? '') : value)],
  ['with a null', (value) => [null, ...(Array.isArray(value) ? value : [value])]],
  ['the first one dead', (value) => ['https://10.0.0.1/dead.mp4', ...(Array.isArray(value) ? value : [])]],
  ['objects', (value) => (Array.isArray(value) ? value.map((url) => ({ url })) : value)],
];

function changesFor(name: string, value: Json): typeof odd {
  const isTime = /(_at|created|time)$/.test(name);
  const isLink = typeof value === 'string' && /^https?:/.test(value);
  return [
    ...odd,
    ...(typeof value === 'number' && name !== 'id' ? ofNumbers : []),
    ...(isTime ? ofTimes : []),
    ...(/status$/.test(name) ? ofStates : []),
    ...(isLink ? ofLinks : []),
    ...(name === 'results' ? ofResults : []),
  ];
}

/** Every place of a JSON answer: its holder and its name there. */
function placesIn(value: Json, found: { holder: Json[] | Record<string, Json>; name: string }[] = []) {
  if (typeof value !== 'object' || value === null) return found;
  for (const name of Object.keys(value)) {
    found.push({ holder: value, name });
    placesIn((value as Record<string, Json>)[name] ?? null, found);
  }
  return found;
}

function oddField(reply: Reply, random: Random): Mutation {
  const whole = { answer: JSON.parse(reply.body.toString('utf8')) as Json };
  const { holder, name } = pick(random, placesIn(whole.answer).length > 0 ? placesIn(whole.answer) : placesIn(whole));
  const holderObject = holder as Record<string, Json>;
  const before = holderObject[name] ?? null;
  const [what, change] = pick(random, changesFor(Array.isArray(holder) ? 'item' : name, before));
  const after = change(before);
  if (after === undefined && !Array.isArray(holder)) delete holderObject[name];
  else holderObject[name] = after ?? null;
  return { name: `${name}: ${what}`, reply: { ...reply, body: Buffer.from(JSON.stringify(whole.answer)) } };
}

const text = (reply: Reply, body: string, type = 'application/json'): Reply => ({
  status: reply.status,
  headers: { ...reply.headers, 'content-type': type },
  body: Buffer.from(body),
});

function oddBody(reply: Reply, random: Random): Mutation {
  return pick<Mutation>(random, [
    { name: 'a page of HTML', reply: text(reply, '<html><title>Welcome</title></html>', 'text/html') },
    { name: 'nothing', reply: text(reply, '') },
    { name: 'half', reply: { ...reply, body: reply.body.subarray(0, reply.body.length >> 1) } },
    { name: 'null', reply: text(reply, 'null') },
    { name: 'a list', reply: text(reply, '[]') },
    { name: 'a number', reply: text(reply, '3') },
    { name: 'another shape', reply: text(reply, '{"hello":["world"]}') },
  ]);
}

function oddHeaders(reply: Reply, random: Random): Mutation {
  const [name, value] = pick(random, [
    ['date', new Date(Date.now() + 9e11).toUTCString()],
    ['date', 'Thu, 01 Jan 1970 00:00:00 GMT'],
    ['date', 'soon'],
    ['content-type', 'text/html'],
    ['content-type', 'video/mp4'],
    ['retry-after', '99999999'],
    ['idempotency-replayed', 'true'],
    ['x-request-id', 'r'.repeat(3000)],
  ] as const);
  return {
    name: `header ${name}: ${value.slice(0, 30)}`,
    reply: { ...reply, headers: { ...reply.headers, [name]: value } },
  };
}

const pauses = [
  '99999999',
  '99999999999999999999',
  '0',
  '-5',
  'soon',
  '0.001',
  'Fri, 31 Dec 9999 23:59:59 GMT',
  '',
] as const;

/** Only of what starts nothing: to a POST that is paid for these statuses mean that nothing was started, and that is believed [contract section 4]. */
function oddStatus(reply: Reply, random: Random): Mutation {
  const status = pick(random, [429, 429, 500, 503, 404, 400]);
  const retryAfter = pick(random, pauses);
  const headers = { ...reply.headers, ...(retryAfter === '' ? {} : { 'retry-after': retryAfter }) };
  const error = { code: pick(random, ['service_error', 429, null, 'invalid_task_id']), message: 'no' };
  const body = pick(random, [JSON.stringify({ error }), '', '<html></html>']);
  return {
    name: `status ${status}, Retry-After ${retryAfter}`,
    reply: { ...text({ ...reply, headers }, body), status },
  };
}

function falseEnd(reply: Reply): Mutation {
  const change = (task: Json) => ({
    ...(task as Record<string, Json>),
    status: 'failed',
    results: null,
    result_data: null,
  });
  const answer = JSON.parse(reply.body.toString('utf8')) as { data?: Json };
  const changed = Array.isArray(answer.data) ? { ...answer, data: answer.data.map(change) } : change(answer as Json);
  return { name: 'said to have failed', reply: text(reply, JSON.stringify(changed)), isFalseEnd: true };
}

function oddDownload(reply: Reply, random: Random): Mutation {
  const as = (name: string, body: Buffer, type = 'video/mp4'): Mutation => ({
    name,
    reply: { status: 200, headers: { 'content-type': type }, body },
  });
  const redirect = (location: string): Mutation => ({
    name: `redirect to ${location}`,
    reply: { status: 302, headers: { location }, body: Buffer.alloc(0) },
  });
  return pick<Mutation>(random, [
    as('0 bytes', Buffer.alloc(0)),
    as('HTML', Buffer.from('<!doctype html><html></html>')),
    as('a PNG', Buffer.from('\x89PNG\r\n\x1a\n0000', 'latin1')),
    as('JSON', Buffer.from('{"error":"expired"}'), 'application/json'),
    as('half a video, said to be whole', reply.body.subarray(0, reply.body.length >> 1)),
    { name: 'not found', reply: { status: 404, headers: {}, body: Buffer.from('no') } },
    { name: 'forbidden', reply: { status: 403, headers: {}, body: Buffer.alloc(0) } },
    { name: 'busy', reply: { status: 429, headers: { 'retry-after': pick(random, pauses) }, body: Buffer.alloc(0) } },
    redirect('https://10.0.0.1/r.mp4'),
    redirect('http://results.example/r.mp4'),
    redirect('https://[::1]/r.mp4'),
  ]);
}

/** Null: this answer cannot be bent (it is none of JSON). */
export function mutate(kind: AnswerKind, reply: Reply, random: Random): Mutation | null {
  if (kind === 'download') return oddDownload(reply, random);
  if (reply.status >= 300 || !isJson(reply.body)) return null;
  const roll = random();
  const isReading = kind === 'batch' || kind === 'task';
  if (isReading && roll < 0.06) return falseEnd(reply);
  if (kind !== 'submit' && kind !== 'upload' && roll < 0.2) return oddStatus(reply, random);
  if (roll < 0.32) return oddBody(reply, random);
  if (roll < 0.42) return oddHeaders(reply, random);
  return oddField(reply, random);
}

function isJson(body: Buffer): boolean {
  try {
    JSON.parse(body.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}
