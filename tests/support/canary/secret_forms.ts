/** A secret as it stands, and as a URL, a shell or base64 would have it. */
function secretForms(secret: string): readonly string[] {
  const bytes = new TextEncoder().encode(secret);
  const encoded = [bytes.toBase64(), bytes.toBase64({ alphabet: "base64url" })].map((text) => text.replace(/=+$/, ""));
  return [...new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), ...encoded])];
}

/** The secrets that a text gives away. */
export function secretsIn(text: string, secrets: Iterable<string>): readonly string[] {
  return [...new Set(secrets)].filter((secret) => secretForms(secret).some((form) => text.includes(form)));
}
