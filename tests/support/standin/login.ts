import { ACCOUNT } from "./keys.ts";

/** What the next CreateToken with a device code answers instead of a token. */
export type DeviceAnswer = "pending" | "slow_down" | "denied" | "expired";

/**
 * How the browser comes back from the page of a login by redirect instead of with a code: with an error, or also with
 * the code in a state that nobody gave it.
 */
export type BrowserAnswer = "access_denied" | "server_error" | "wrong_state";

export interface StandinAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
}

/** IAM Identity Center as a test wants it. */
export interface SsoOptions {
  /** Answers to a device code, in order, before the token. */
  readonly device?: readonly DeviceAnswer[];
  /** What the person answers on the page of a login by redirect, in order, before allowing it. */
  readonly browser?: readonly BrowserAnswer[];
  /** Seconds between two CreateToken calls; 1 when absent. */
  readonly interval?: number;
  /** Seconds that a device code lives; 600 when absent. */
  readonly codeSeconds?: number;
  /** Seconds that a registration lives; 90 days when absent. A negative number gives one that is over. */
  readonly clientSeconds?: number;
  /** Seconds that an access token lives; 8 hours when absent. */
  readonly tokenSeconds?: number;
  /** What the person may use; one account with two permission sets when absent. */
  readonly accounts?: readonly StandinAccount[];
  /** Access tokens that are good besides those that are given out. */
  readonly accessTokens?: readonly string[];
  /** Gives no refresh tokens. */
  readonly noRefresh?: true;
  /** The page a person is sent to, without the user code. */
  readonly page?: string;
}

export interface Client {
  readonly id: string;
  readonly secret: string;
  readonly grants: readonly string[];
  readonly redirectUris: readonly string[];
  expiresAt: number;
}

/** A code that a browser was redirected with. */
export interface AuthorizationCode {
  readonly client: string;
  readonly redirectUri: string;
  readonly challenge: string;
}

const NINETY_DAYS_S = 90 * 86_400;

/** The logins of one stand-in: registrations, codes and tokens, and what a test does to them meanwhile. */
export class Logins {
  readonly options: SsoOptions;
  accounts: readonly StandinAccount[];
  readonly clients: Map<string, Client> = new Map();
  readonly deviceCodes: Map<string, { readonly client: string; readonly expiresAt: number }> = new Map();
  readonly codes: Map<string, AuthorizationCode> = new Map();
  /** Access tokens, and when they end. */
  readonly accessTokens: Map<string, number> = new Map();
  readonly refreshTokens: Map<string, string> = new Map();
  /** All that was given out and nobody else may see. */
  readonly secrets: string[] = [];
  readonly #script: DeviceAnswer[];
  readonly #browser: BrowserAnswer[];
  #issued = 0;

  constructor(options: SsoOptions = {}) {
    this.options = options;
    this.accounts = options.accounts ??
      [{ id: ACCOUNT, name: "dev", email: "dev@example.com", roles: ["Admin", "ReadOnly"] }];
    this.#script = [...options.device ?? []];
    this.#browser = [...options.browser ?? []];
    for (const token of options.accessTokens ?? []) this.accessTokens.set(token, Infinity);
  }

  /** A text that no other call gave, which looks like a secret. */
  fresh(kind: string): string {
    this.#issued++;
    const text = `standin-${kind}-EXAMPLE-${String(this.#issued).padStart(4, "0")}`;
    if (kind !== "client") this.secrets.push(text);
    return text;
  }

  /** What the script says to this call; undefined when the person has confirmed. */
  nextAnswer(): DeviceAnswer | undefined {
    return this.#script.shift();
  }

  /** How the browser comes back this time; undefined when the person has allowed it. */
  nextBrowser(): BrowserAnswer | undefined {
    return this.#browser.shift();
  }

  unused(): string[] {
    return [
      ...this.#script.length === 0 ? [] : [`scripted answers to the device code were not used: ${this.#script}`],
      ...this.#browser.length === 0 ? [] : [`scripted returns of the browser were not used: ${this.#browser}`],
    ];
  }

  register(
    input: { readonly grants: readonly string[]; readonly redirectUris: readonly string[]; now: number },
  ): Client {
    const expiresAt = input.now + (this.options.clientSeconds ?? NINETY_DAYS_S) * 1000;
    const client = { id: this.fresh("client"), secret: this.fresh("client-secret"), expiresAt, ...input };
    this.clients.set(client.id, client);
    return client;
  }

  /** Ends every session, as an administrator can: neither access tokens nor refresh tokens are good any more. */
  revoke(): void {
    this.accessTokens.clear();
    this.refreshTokens.clear();
  }

  /** Ends every registration. */
  expireClients(): void {
    for (const client of this.clients.values()) client.expiresAt = 0;
  }
}
