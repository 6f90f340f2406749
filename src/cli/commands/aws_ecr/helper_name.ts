/** What follows `docker-credential-`: "atmos", or a name of its own for an identity that atmos.yaml would not choose. */
export async function helperName(identity: string | undefined): Promise<string> {
  if (identity === undefined) return "atmos";
  const lower = identity.toLowerCase();
  if (/^[a-z0-9._-]+$/.test(lower)) return `atmos-${lower}`;
  // Names that look alike in a file name must not meet.
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(lower)));
  return `atmos-${lower.replaceAll(/[^a-z0-9._-]+/g, "-")}-${digest.slice(0, 4).toHex()}`;
}
