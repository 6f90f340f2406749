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
  /**
   * The next command to type, or the thing to change; printed on its own line, or one line each. A line break in a line
   * is part of something that it names, and is printed as an escape: no name looks like a hint of ours.
   */
  readonly hint?: string | readonly string[];
  /** Values that are safe to print; never a secret. */
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
  readonly place?: Place;
  readonly cause?: unknown;
}

/** The one error class that reaches a user: `Cannot <verb> <thing> "<value>": <what was found>`. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  /** Its lines, each ended by the next one. */
  readonly hint?: string;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  readonly place?: Place;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.facts = details.facts ?? {};
    if (details.hint !== undefined) this.hint = [details.hint].flat().map(oneLine).join("\n");
    if (details.place !== undefined) this.place = details.place;
  }

  get exitStatus(): number {
    return EXIT_STATUS[this.code];
  }
}

function oneLine(text: string): string {
  return text.replaceAll(/\r?\n|\r/g, "\\n");
}

/** Returns the lines of an error's hint, for another error. */
export function hintLines(hint: string): readonly string[] {
  return hint.split("\n");
}
