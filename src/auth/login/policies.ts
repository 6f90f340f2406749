/** How far a command goes for an identity's credentials. */
export interface CredentialPolicy {
  /** Milliseconds that stored credentials must be valid for; Infinity for new ones in any case. */
  readonly minTtlMs: number;
  /** Whether new credentials may be had, where those that are stored do not do. */
  readonly renew: boolean;
  /**
   * Whether the user may be asked to log in: never; where a terminal is there, at once ("if-terminal") or only after a
   * renewal that asks nothing and is shared with other processes ("if-needed"); or since the command is a login
   * ("explicit"), which one that was refused just now does not keep from asking again.
   */
  readonly ask: "never" | "if-needed" | "if-terminal" | "explicit";
  /** Whether new credentials, and sessions on the way to them, are stored; else nothing is written at all. */
  readonly store: boolean;
  /** Whether stored credentials that are still valid for USABLE_MS do where no new ones can be had, with a warning. */
  readonly fallBackToStored: boolean;
}

const MINUTE_MS = 60_000;

/** Credentials that expire sooner are of no use to any program. */
export const USABLE_MS = MINUTE_MS;
/** As the Go atmos wants them, and as AWS's SDKs do, which ask again when less is left. */
export const LONG_MS = 15 * MINUTE_MS;
/** A token for EKS lives no longer than 14 minutes, and clients ask for the next one when it has ended. */
const SHORT_MS = 5 * MINUTE_MS;

/** The user asks for a login: auth login, update-kubeconfig, a question that was answered with yes. */
export const LOG_IN: CredentialPolicy = {
  minTtlMs: LONG_MS,
  renew: true,
  ask: "explicit",
  store: true,
  fallBackToStored: false,
};

/** A program is started with them, or keeps them: auth exec, shell, env --login, credential-process, ecr login. */
export const HAND_OUT: CredentialPolicy = {
  minTtlMs: LONG_MS,
  renew: true,
  ask: "if-terminal",
  store: true,
  fallBackToStored: true,
};

/** One call to AWS is made with them: tokens, passwords for docker, auth whoami, linked clusters. */
export const CALL_AWS: CredentialPolicy = {
  minTtlMs: SHORT_MS,
  renew: true,
  ask: "never",
  store: true,
  fallBackToStored: true,
};

/** A dry run asks AWS, and writes nothing. */
export const INSPECT: CredentialPolicy = {
  minTtlMs: USABLE_MS,
  renew: true,
  ask: "never",
  store: false,
  fallBackToStored: false,
};

/** Only what an earlier login has stored: auth env, prune --dry-run. */
export const STORED_ONLY: CredentialPolicy = { ...INSPECT, renew: false };
