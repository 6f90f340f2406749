/** A context as it was written once. */
export interface WrittenContext {
  readonly name: string;
  /** What it joined. */
  readonly cluster: string;
  readonly user: string;
  /** What was written because it was asked for: it goes when it is not asked for any more. */
  readonly namespace?: string | undefined;
  readonly proxyUrl?: string | undefined;
  readonly tlsServerName?: string | undefined;
  /** Its name is not asked for any more; it stays for what a person has added to it. */
  readonly kept?: true | undefined;
  /** It was written for another identity of the same integration, which gives it away. */
  readonly isOthers?: true | undefined;
}

/** What is remembered of an entry's fields that need not be there. */
export type WrittenFields = Pick<WrittenContext, "namespace" | "proxyUrl" | "tlsServerName">;

/** Of contexts that stay for what a person has added to them, the names of those that nobody was told of. */
export function newlyKept(kept: readonly WrittenContext[]): readonly string[] {
  return kept.flatMap((one) => one.kept ? [] : [one.name]);
}
