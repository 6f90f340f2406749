import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

type Hash = ReturnType<typeof sha256.create>;

/** The beginning of chains, up to a link. */
interface Beginning {
  readonly link: object;
  readonly before: Beginning | undefined;
  readonly head: string;
  readonly hash: Promise<Hash>;
}

interface ChainText<T> {
  readonly head: string;
  /** Each link's text, after a comma. */
  readonly textOf: (link: T) => Promise<string>;
  readonly end: string;
}

/** By their last link. */
const beginnings = new WeakMap<object, Beginning>();

/**
 * Returns the SHA-256 of a chain's text, in hexadecimal digits. Chains that begin alike share the work: where each link
 * is continued by another chain, all of them together hash no more than the longest.
 */
export async function hashChain<T extends object>(links: readonly T[], text: ChainText<T>): Promise<string> {
  const hash = await hashOfLinks(links, text);
  return bytesToHex(hash.clone().update(getBytes(text.end)).digest());
}

/** Makes what is not known yet without waiting in between, so that others find it. */
function hashOfLinks<T extends object>(links: readonly T[], { head, textOf }: ChainText<T>): Promise<Hash> {
  const known = findKnownBeginning(links, head);
  let before = known?.beginning;
  let hash = before?.hash ?? Promise.resolve(sha256.create().update(getBytes(head)));
  for (const link of links.slice(known?.length ?? 0)) {
    hash = Promise.all([hash, textOf(link)]).then(([start, more]) => start.clone().update(getBytes(`,${more}`)));
    before = { link, before, head, hash };
    beginnings.set(link, before);
  }
  return hash;
}

/** The longest that was hashed before, unless the link that it ends with was part of another chain then. */
function findKnownBeginning(links: readonly object[], head: string) {
  const length = links.findLastIndex((link) => beginnings.has(link)) + 1;
  const last = links[length - 1];
  const beginning = last === undefined ? undefined : beginnings.get(last);
  let at: Beginning | undefined = beginning;
  for (let index = length - 1; index >= 0; index--, at = at?.before) {
    if (at === undefined || at.link !== links[index] || at.head !== head) return undefined;
  }
  return beginning === undefined || at !== undefined ? undefined : { length, beginning };
}

function getBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
