export function cleanEnv(extra?: Record<string, string>, env?: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
