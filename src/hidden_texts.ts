import { findEncoded, forgetEncoded } from "./encoded_texts.ts";

/** Texts of this process that nothing may print, and what is shown in their place. */
const texts = new Map<string, Hidden>();

/** Secrets of one request each, the oldest first. */
const passing: string[] = [];
/** At most this many requests run at once; a signature that this many newer ones have followed has been used. */
const MOST_PASSING = 64;

/** Secrets as they are, which are looked for in every form. */
const secrets = new Set<string>();

interface Hidden {
  readonly instead: string;
  readonly isSecret: boolean;
}

/** Shorter texts are not looked for, secret or not: they would be found in every other word. */
const SHORTEST = 4;
/** Shorter texts are hidden only as whole words, since longer words may have them in them. */
const LONGER_THAN_WORDS = 8;
/** Of a secret as long as this, beginning and end are hidden alone too: messages are cut, and so are echoes. */
const CUTTABLE = 24;
const ANCHOR = 16;
const MOST_LINES = 1_000;

/** Records a secret: no message has it from now on, neither as it is nor in any form that servers echo. */
export function recordSecret(value: string): void {
  if (passing.includes(value)) passing.splice(passing.indexOf(value), 1);
  if (value.length < SHORTEST || texts.get(value)?.isSecret) return;
  if (value.length >= LONGER_THAN_WORDS) secrets.add(value);
  for (const spelling of spellings(value)) texts.set(spelling, { instead: "[secret]", isSecret: true });
}

/**
 * Records what is a secret for the answer to one request, such as its signature: forgotten some requests later, since
 * each answer is looked at for all that are recorded.
 */
export function recordPassingSecret(value: string): void {
  if (texts.get(value)?.isSecret) return;
  recordSecret(value);
  if (passing.push(value) > MOST_PASSING) forget(passing.shift()!);
}

/** Forgets all that is recorded, where one process runs the program again and again. */
export function forgetRecordedTexts(): void {
  forgetEncoded(secrets);
  for (const known of [texts, secrets]) known.clear();
  for (const list of [passing, unread]) list.length = 0;
  said = "";
}

function forget(value: string): void {
  secrets.delete(value);
  forgetEncoded([value]);
  for (const spelling of spellings(value)) texts.delete(spelling);
}

/** Records what a configuration got from elsewhere; messages show the function for it, and for each of its lines: `[!include]`. */
export function recordFetched(text: string, call: string): void {
  const instead = label(call);
  for (const line of [text, ...text.split("\n", MOST_LINES)].map((one) => one.trim())) {
    if (line.length >= SHORTEST && !PLAIN.test(line) && !texts.has(line)) {
      texts.set(line, { instead, isSecret: false });
    }
  }
}

/**
 * A call's function, and a variable's name, but no text that its author chooses: this stands wherever the value does,
 * in a command to be pasted, too.
 */
function label(call: string): string {
  if (/^(?:!env [A-Za-z_]\w*|[a-z ]+)$/.test(call)) return `[${call}]`;
  return `[${/^![A-Za-z._-]+/.exec(call)?.[0] ?? "template"}]`;
}

/**
 * Records that a configuration says these texts itself, for all to read who have it: messages have them, though one is
 * fetched as well. Else an author could blank out any word of a message by fetching it from a file that is known. They
 * are asked for when a fetched text is first found in a message.
 */
export function recordSaid(getTexts: () => Iterable<string>): void {
  unread.push(getTexts);
}

/** What {@link recordSaid} has recorded and has not been read. */
const unread: (() => Iterable<string>)[] = [];
/** All that was read, a line for each. */
let said = "";

function isSaid(text: string): boolean {
  if (unread.length > 0) said = [said, ...unread.splice(0).flatMap((getTexts) => [...getTexts()])].join("\n");
  if (!said.includes(text) || !isShortPart(text)) return said.includes(text);
  const [before, after] = AROUND_NAME;
  return new RegExp(`${before}${RegExp.escape(text)}${after}`, "u").test(said);
}

/** Lets messages have a text again that was recorded as fetched: it names a file or directory that is there. */
export function revealFetched(text: string): void {
  if (texts.get(text)?.isSecret === false) texts.delete(text);
}

/** Words that say nothing of a file or a variable, and that messages are made of. */
const PLAIN = /^(?:true|false|yes|no|on|off|null|~)$/i;

/**
 * The text of a message without any of those that are recorded. A short secret may be one of the message's own words, and
 * leaving that out would tell it; a longer one of letters is hidden where it is a whole word. What the message has from
 * elsewhere has gone through {@link hideInAnswer}.
 */
export function hideRecordedTexts(text: string): string {
  return hideIn(text, { isAnswer: false });
}

/** What a server or another program says without any of those that are recorded, since it may repeat what it was sent. */
export function hideInAnswer(text: string): string {
  return hideIn(text, { isAnswer: true });
}

/** Returns whether a text has a secret of this run in it, in any form; of those that are words it may be by chance. */
export function holdsSecret(text: string): boolean {
  if (text.length < CUTTABLE) return false;
  return findEncoded(text, [...secrets].filter((one) => one.length >= CUTTABLE)).length > 0;
}

function hideIn(text: string, { isAnswer }: { readonly isAnswer: boolean }): string {
  const looked = [...texts].filter(([hidden, { isSecret }]) =>
    (isAnswer || !isSecret || hidden.length >= LONGER_THAN_WORDS) && mayHold(text, hidden) &&
    (isSecret || !isSaid(hidden))
  );
  const longestFirst = looked.sort(([one], [other]) => other.length - one.length);
  const parts = longestFirst.filter(([hidden, { isSecret }]) => isSecret && hidden.length >= CUTTABLE);
  const shown = longestFirst.reduce(
    (left, [hidden, kind]) => withoutText(left, hidden, { ...kind, isAnswer }),
    text,
  );
  const whole = withoutEncoded(shown, { isAnswer });
  return parts.reduce((left, [secret, { instead }]) => withoutParts(left, secret, instead), whole);
}

/** Whether a text has another one, or its beginning or end: most lines have none of thousands. */
function mayHold(text: string, hidden: string): boolean {
  if (hidden.length < CUTTABLE) return text.includes(hidden);
  return text.includes(hidden.slice(0, ANCHOR)) || text.includes(hidden.slice(-ANCHOR));
}

/**
 * A secret of letters alone may be a part of any message's names, such as `password_env`: those stay whole. V8 takes half
 * a millisecond to read this expression, so it is no constant of the file, which every command loads.
 */
function isWord(text: string): boolean {
  return /^\p{L}{1,15}$/u.test(text);
}

/** A short word may be a part of names, such as `us-east-2` or `dev-cluster`: those stay whole, too. */
function isShortPart(text: string): boolean {
  return /^[\p{L}\p{N}]{1,7}$/u.test(text);
}

function withoutEncoded(text: string, { isAnswer }: { readonly isAnswer: boolean }): string {
  const ranges = findEncoded(text, [...secrets].filter((one) => isAnswer || !isWord(one)));
  return ranges.reduceRight((left, [from, to]) => `${left.slice(0, from)}[secret]${left.slice(to)}`, text);
}

function spellings(value: string): ReadonlySet<string> {
  const escaped = encodeURIComponent(value.toWellFormed());
  const strict = escaped.replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
  const html = value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  return new Set([value, escaped, strict, strict.replaceAll("%20", "+"), JSON.stringify(value).slice(1, -1), html]);
}

interface HiddenIn extends Hidden {
  /** Whether the text is a server's or another program's. */
  readonly isAnswer: boolean;
}

function withoutText(text: string, hidden: string, { instead, isSecret, isAnswer }: HiddenIn): string {
  if (!text.includes(hidden)) return text;
  const isLong = isSecret && hidden.length >= LONGER_THAN_WORDS;
  if (isLong && (isAnswer || !isWord(hidden))) return text.replaceAll(hidden, instead);
  const isNamePart = isShortPart(hidden) && (!isSecret || isWord(hidden));
  const [before, after] = !isNamePart ? AROUND_WORD : isSecret ? AROUND_COMPOUND : AROUND_NAME;
  return text.replace(new RegExp(`${before}${RegExp.escape(hidden)}${after}`, "gu"), () => instead);
}

const AROUND_WORD = ["(?<![\\p{L}\\p{N}_])", "(?![\\p{L}\\p{N}_])"] as const;
/** A secret that is a word may be part of `us-east-2`; of a path or an address it is the secret. */
const AROUND_COMPOUND = ["(?<![\\p{L}\\p{N}_]-?)", "(?!-?[\\p{L}\\p{N}_])"] as const;
const AROUND_NAME = ["(?<![\\p{L}\\p{N}_][-./]?)", "(?![-./]?[\\p{L}\\p{N}_])"] as const;

/** As much of a long secret as stands there, from its beginning on or up to its end. */
function withoutParts(text: string, secret: string, instead: string): string {
  const [head, tail] = [secret.slice(0, ANCHOR), secret.slice(-ANCHOR)];
  let shown = text;
  for (let at = shown.indexOf(head); at >= 0; at = shown.indexOf(head, at + instead.length)) {
    let length = ANCHOR;
    while (length < secret.length && shown[at + length] === secret[length]) length++;
    shown = shown.slice(0, at) + instead + shown.slice(at + length);
  }
  for (let at = shown.indexOf(tail); at >= 0; at = shown.indexOf(tail, at + 1)) {
    let length = ANCHOR;
    while (length < secret.length && shown[at + ANCHOR - length - 1] === secret.at(-length - 1)) length++;
    shown = shown.slice(0, at + ANCHOR - length) + instead + shown.slice(at + ANCHOR);
    at += ANCHOR - length;
  }
  return shown;
}
