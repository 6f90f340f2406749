import type { Remedy, RemedyContext } from "./remedy.ts";

/** Every failure the program can end with, and the exit status it means (docs/exit-codes.md). */
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
export interface Position {
  readonly file?: string;
  readonly line: number;
  readonly column: number;
}

export interface ErrorDetails {
  /** The next command to type, or the thing to change; printed on its own line, or on several. */
  readonly hint?: Remedy;
  /** What its parts leave open. */
  readonly context?: RemedyContext;
  /** Values that are safe to print; never a secret. */
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
  readonly place?: Position;
  readonly cause?: unknown;
  /** The user ended it: that is no failure, and is not shown as one. */
  readonly isCancelled?: true;
}

/** The one error class that reaches a user: `Cannot <verb> <thing> "<value>": <what was found>`. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly hint?: Remedy;
  readonly context: RemedyContext;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  readonly place?: Position;
  readonly isCancelled?: true;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.context = details.context ?? {};
    this.facts = details.facts ?? {};
    if (details.hint !== undefined) this.hint = details.hint;
    if (details.place !== undefined) this.place = details.place;
    if (details.isCancelled) this.isCancelled = true;
  }

  /** Returns the same error, with what its remedy leaves open: what it says itself, or was told first, stays. */
  within(context: RemedyContext): AppError {
    return this.with({ context: { ...context, ...this.context } });
  }

  /** Returns the same error but for what is given. */
  with(
    { code, message, ...details }: ErrorDetails & { readonly code?: ErrorCode; readonly message?: string },
  ): AppError {
    const { hint, context, facts, place, cause, isCancelled } = this;
    const kept = { ...(hint === undefined ? {} : { hint }), ...(place === undefined ? {} : { place }) };
    const same = { ...kept, context, facts, cause, ...(isCancelled ? { isCancelled } : {}) };
    return new AppError(code ?? this.code, message ?? this.message, { ...same, ...details });
  }

  get exitStatus(): number {
    return EXIT_STATUS[this.code];
  }
}

/** Returns the error that ends a command because the user chose so: `Cancelled: nothing was changed`. */
export function cancelledByUser(message: string): AppError {
  return new AppError("interrupted", message, { isCancelled: true });
}
