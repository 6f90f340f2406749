import { hideInAnswer } from "../../hidden_texts.ts";

/** The parts of an AWS SDK exception that say what happened; none of them is certain to be there. */
export interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

const MESSAGE_LIMIT = 600;

/** AWS's code for the failure, e.g. "ResourceNotFoundException"; it is the server's word, and no more than a word. */
export function failureName(error: unknown): string {
  const name: unknown = (error as SdkError | undefined)?.name;
  return typeof name === "string" && /^[\w.:#/-]{1,100}$/.test(name) ? name : "unknown error";
}

export function getStatus(error: unknown): number | undefined {
  return (error as SdkError | undefined)?.$metadata?.httpStatusCode;
}

/** How often the call was made; 1 when no one counted. */
export function getAttempts(error: unknown): number {
  return (error as SdkError | undefined)?.$metadata?.attempts ?? 1;
}

/**
 * AWS's own words on one line, without control characters, without the SDK's advice to its programmers, and without the
 * secrets that a server may repeat.
 */
export function getMessage(error: unknown): string {
  // The message of the SDK's exceptions is whatever XML or JSON holds there.
  const said: unknown = error instanceof Error ? error.message : String(error);
  const text = typeof said === "string" ? said : "";
  const line = hideInAnswer(text).replace(/\s*Deserialization error: .*$/s, "").replaceAll(/[\s\p{Cc}]+/gu, " ")
    .trim();
  return line.length > MESSAGE_LIMIT ? `${line.slice(0, MESSAGE_LIMIT)}...` : line || "no message";
}

/** The Date header of the answer, in milliseconds since the epoch. */
export function getAnswerTime(error: SdkError): number | undefined {
  const headers = Object.entries(error.$response?.headers ?? {});
  const value = Date.parse(headers.find(([name]) => name.toLowerCase() === "date")?.[1] ?? "");
  return Number.isNaN(value) ? undefined : value;
}

/** An answer that no AWS API gives: something else stands in between, or the wrong thing at the address. */
export class UnexpectedAnswer extends Error {
  override readonly name = "UnexpectedAnswer";
  readonly host: string;
  readonly status: number;
  readonly found: string;
  /** Read by the SDK's retry strategy: absent means that another try is pointless. */
  readonly $retryable?: { readonly throttling: boolean };

  constructor(input: { readonly host: string; readonly status: number; readonly found: string }) {
    super(`${input.found} with status ${input.status} from ${input.host}`);
    this.host = input.host;
    this.status = input.status;
    this.found = input.found;
    if (input.status >= 500 || input.status === 429) this.$retryable = { throttling: input.status === 429 };
  }
}
