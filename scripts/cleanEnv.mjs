/** The environment for tests, demo and screenshots: nothing in it can reach a real account or somebody's profile. */
const dropped = /^(EVOLINK_.*|RESTAGE_(API_URL|FILES_URL|PROFILE|LIBRARY))$/;

/** A copy of `env` without keys and addresses, with `extra` on top. */
export function cleanEnv(extra = {}, env = process.env) {
  const kept = Object.entries(env).filter(([name]) => !dropped.test(name.toUpperCase()));
  return { ...Object.fromEntries(kept), ...extra };
}
