/** Loaded before a program that has EvoLink's origins written into it: what it asks of them it asks of the sandbox, and of nobody else. */
const hosts = ['https://api.evolink.ai', 'https://files-api.evolink.ai'];
const sandboxOrigin = process.env.RESTAGE_SANDBOX_ORIGIN ?? '';
const throughNode = globalThis.fetch;

globalThis.fetch = (input, init) => {
  const address = input instanceof Request ? input.url : String(input);
  const host = hosts.find((known) => address.startsWith(`${known}/`));
  if (!host || input instanceof Request) throw new Error(`not an address of EvoLink: ${address}`);
  return throughNode(sandboxOrigin + address.slice(host.length), init);
};

export {};
