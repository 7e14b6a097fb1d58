/** What the builder is told about signing on macOS, by what the environment holds. */

/**
 * Pure. Ad hoc (electron-builder.yml) without a certificate; with one (CSC_LINK: a file, or CSC_NAME: in the keychain) its identity, and entitlements
 * without the exception that only ad hoc needs. Notarising follows from APPLE_API_KEY, APPLE_API_KEY_ID, APPLE_API_ISSUER by itself.
 */
export function signingArguments(env) {
  if (!env.CSC_LINK && !env.CSC_NAME) return [];
  const entitlements = 'build/entitlements.mac.plist';
  return [
    `-c.mac.identity=${env.CSC_NAME ?? ''}`, // empty: the one certificate of that kind in the builder's own keychain
    `-c.mac.entitlements=${entitlements}`,
    `-c.mac.entitlementsInherit=${entitlements}`,
  ];
}
