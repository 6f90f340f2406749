/** What the sign-in service has given out: codes, and the refresh tokens with the key that each is bound to. */
export class SignIns {
  /** Who signs in with the browser. */
  principal = "arn:aws:iam::123456789012:user/console";
  readonly codes: Map<string, Readonly<Record<string, string>>> = new Map();
  readonly refreshTokens: Map<string, { readonly client: string; readonly thumbprint: string }> = new Map();
  readonly proofs: Set<string> = new Set();
}
