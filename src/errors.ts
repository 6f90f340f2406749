/** Every failure the program can end with, and the exit status it means (README, "Exit codes"). */
export const EXIT_STATUS = {
  "internal": 1,
  "usage": 2,
  "config-not-found": 2,
  "config-invalid": 3,
  "untrusted": 3,
  "identity-not-found": 3,
  "kind-unknown": 3,
  "login-needed": 4,
  "login-denied": 4,
  "login-timeout": 4,
  "eks-describe": 5,
  "eks-cluster-not-found": 5,
  "aws-denied": 5,
  "integration-failed": 5,
  "config-write": 6,
  "kubeconfig-path": 6,
  "kubeconfig-merge": 6,
  "kubeconfig-write": 6,
  "credentials-write": 6,
  "docker-config": 6,
  "locked": 6,
  "unreachable": 7,
  "timeout": 7,
  "host-not-allowed": 7,
  "interrupted": 130,
} as const;

export type ErrorCode = keyof typeof EXIT_STATUS;

/** A 1-based position in a text, as editors count. */
export interface Place {
  readonly file?: string;
  readonly line: number;
  readonly column: number;
}

export interface ErrorDetails {
  /** The next command to type, or the thing to change; printed on its own line. */
  readonly hint?: string;
  /** Values that are safe to print; never a secret. */
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
  readonly place?: Place;
  readonly cause?: unknown;
}

/** The one error class that reaches a user: `Cannot <verb> <thing> "<value>": <what was found>`. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly hint?: string;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  readonly place?: Place;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.facts = details.facts ?? {};
    if (details.hint !== undefined) this.hint = details.hint;
    if (details.place !== undefined) this.place = details.place;
  }

  get exitStatus(): number {
    return EXIT_STATUS[this.code];
  }
}
