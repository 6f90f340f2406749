export interface ExecCredentialInput {
  /** As the client asked for. */
  readonly apiVersion: string;
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly expiration: number;
}

/** What kubectl reads from its plugin. https://kubernetes.io/docs/reference/config-api/client-authentication.v1/ */
export function execCredential({ apiVersion, token, expiration }: ExecCredentialInput): string {
  const credential = {
    kind: "ExecCredential",
    apiVersion,
    spec: {},
    status: { expirationTimestamp: new Date(expiration).toISOString().replace(/\.\d{3}Z$/, "Z"), token },
  };
  return `${JSON.stringify(credential)}\n`;
}
