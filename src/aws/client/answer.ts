import { holdsSecret } from "../../hidden_texts.ts";

/** What a text of an answer looks like. */
export interface TextForm {
  readonly pattern: RegExp;
  /** In characters. */
  readonly most: number;
}

/** Keys, codes and tokens, which may be those that were sent: they get into headers, variables and files that have a line each. */
export const KEY: TextForm = { pattern: /^[\x21-\x7e]+$/, most: 65_536 };
/** What people have written, on one line. */
export const LINE: TextForm = { pattern: /^\P{Cc}+$/u, most: 1_024 };
export const ACCOUNT_ID: TextForm = { pattern: /^\d{12}$/, most: 12 };

/**
 * A time outside of these years is none: a lie, or in another unit than milliseconds. Services that are not AWS's own say
 * 9999 for credentials that never expire.
 */
const EARLIEST = Date.UTC(2000, 0);
const LATEST = Date.UTC(10_000, 0);

interface NumberRange {
  readonly least: number;
  readonly most: number;
}

/**
 * An answer without something that every answer to that call has, or with something that no such answer has. `found`
 * completes "the response ...": "contains no accessToken". It is never a value, which may be secret.
 */
export class UnusableAnswer extends Error {
  override readonly name = "UnusableAnswer";

  /** `hint` says what to do where it is not the service that is at fault. */
  constructor(readonly found: string, readonly hint?: string) {
    super(`the response ${found}`);
  }
}

/**
 * What a service has answered, or a part of it. Each field is checked as it is read, for type, range and form: the AWS
 * SDK hands on whatever the JSON holds, whatever its types say. `text`, `number` and `part` are for fields that every
 * answer has. The others give undefined, and an empty list, for one that is missing or null; a text may be empty as well.
 * A number is whole, a time is of a Date or of milliseconds since the epoch. All throw UnusableAnswer.
 */
export class Answer {
  readonly #value: object;
  readonly #path: string;

  constructor(value: unknown, path = "") {
    if (typeof (value ?? {}) !== "object" || Array.isArray(value)) throw wrong(path || "an answer", value);
    this.#value = value ?? {};
    this.#path = path;
  }

  text(name: string, form: TextForm): string {
    return this.optionalText(name, form) ?? this.#missing(name);
  }

  optionalText(name: string, form: TextForm): string | undefined {
    const value = this.#read(name);
    return value === undefined || value === "" ? undefined : checkText(value, this.#at(name), form);
  }

  texts(name: string, form: TextForm): readonly string[] {
    return this.#items(name).map((value, index) => checkText(value, `${this.#at(name)}[${index}]`, form));
  }

  number(name: string, range: NumberRange): number {
    return this.optionalNumber(name, range) ?? this.#missing(name);
  }

  optionalNumber(name: string, { least, most }: NumberRange): number | undefined {
    const value = this.#read(name);
    if (value === undefined) return undefined;
    if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return Number(value);
    throw this.#wrong(name, value);
  }

  optionalTime(name: string): number | undefined {
    const value = this.#read(name);
    if (value === undefined) return undefined;
    const time = value instanceof Date ? value.getTime() : value;
    if (typeof time === "number" && time > EARLIEST && time < LATEST) return time;
    throw this.#wrong(name, value);
  }

  optionalBoolean(name: string): boolean | undefined {
    const value = this.#read(name);
    if (value === undefined || typeof value === "boolean") return value;
    throw this.#wrong(name, value);
  }

  part(name: string): Answer {
    return this.optionalPart(name) ?? this.#missing(name);
  }

  optionalPart(name: string): Answer | undefined {
    const value = this.#read(name);
    return value === undefined ? undefined : new Answer(value, this.#at(name));
  }

  parts(name: string): readonly Answer[] {
    return this.#items(name).map((value, index) => new Answer(value, `${this.#at(name)}[${index}]`));
  }

  #items(name: string): readonly unknown[] {
    const value = this.#read(name) ?? [];
    if (Array.isArray(value)) return value;
    throw this.#wrong(name, value);
  }

  #read(name: string): unknown {
    const fields = this.#value as Readonly<Record<string, unknown>>;
    return Object.hasOwn(fields, name) ? fields[name] ?? undefined : undefined;
  }

  #at(name: string): string {
    return this.#path === "" ? name : `${this.#path}.${name}`;
  }

  #wrong(name: string, value: unknown): UnusableAnswer {
    return wrong(this.#at(name), value);
  }

  #missing(name: string): never {
    throw new UnusableAnswer(`contains no ${this.#at(name)}`);
  }
}

/**
 * What is no token itself is shown, and stored where others read it: a server that repeats what it was sent would put keys
 * there.
 */
function checkText(value: unknown, path: string, form: TextForm): string {
  const { pattern, most } = form;
  if (typeof value !== "string" || value.length > most || !pattern.test(value)) throw wrong(path, value);
  if (form !== KEY && holdsSecret(value)) throw new UnusableAnswer(`repeats a secret as ${path}`);
  return value;
}

function wrong(path: string, value: unknown): UnusableAnswer {
  return new UnusableAnswer(`contains ${kindName(value)} as ${path}`);
}

/** Where a value is of the right type, it is its form, length or range that is not. */
function kindName(value: unknown): string {
  if (value instanceof Date) return "a time out of range";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return `an unusable text of ${value.length} characters`;
  return typeof value === "object"
    ? "an object"
    : typeof value === "number"
    ? "an unusable number"
    : `a ${typeof value}`;
}
