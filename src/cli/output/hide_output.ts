import { hideRecordedTexts } from "../../hidden_texts.ts";
import type { Needs } from "../../host/host.ts";
import { jsonText } from "./json_text.ts";

/**
 * Returns the host whose output has the call in place of what a configuration got from elsewhere, as messages have it; of
 * JSON in each string by itself, so that it stays JSON.
 */
export function hideInOutput<H extends Needs<"terminal">>(host: H): H {
  const { terminal } = host;
  return { ...host, terminal: { ...terminal, out: (text: string) => terminal.out(hideInText(text)) } };
}

function hideInText(text: string): string {
  const data = parseData(text);
  if (data === undefined) return hideRecordedTexts(text);
  try {
    return jsonText(hideInData(data));
  } catch (error) {
    // A name of someone else's that looks like JSON, nested without end.
    if (!(error instanceof RangeError)) throw error;
    return hideRecordedTexts(text);
  }
}

function parseData(text: string): object | undefined {
  if (!/^[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns data without recorded texts, names of fields included. */
export function hideInData(value: unknown): unknown {
  if (typeof value === "string") return hideRecordedTexts(value);
  if (Array.isArray(value)) return value.map(hideInData);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [hideRecordedTexts(name), hideInData(one)]));
}
