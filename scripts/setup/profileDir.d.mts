export function profileDir(env?: Readonly<Record<string, string | undefined>>, platform?: NodeJS.Platform): string;
