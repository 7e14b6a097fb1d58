export function findElectron(env?: NodeJS.ProcessEnv): string | null;
export function fetchElectron(): Promise<string | null>;
