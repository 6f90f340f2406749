import type { JsonObject } from "./tree.ts";
import { detectNewline, lineStart } from "../text/position.ts";

export type JsonValue = string | { readonly [key: string]: JsonValue };

/** How a text is laid out, so that what is added looks like what is there. */
export interface JsonLayout {
  /** One step of indentation; undefined when everything is on one line. */
  readonly unit: string | undefined;
  readonly newline: string;
  /** Between a key and its value. */
  readonly colon: string;
}

/** As docker writes it. */
const DOCKERS: JsonLayout = { unit: "\t", newline: "\n", colon: ": " };

/** The layout of the text of an object; docker's own when there is nothing in it. */
export function detectLayout(source: string, root: JsonObject): JsonLayout {
  const [first] = root.members;
  if (first === undefined) return { ...DOCKERS, newline: detectNewline(source) };
  const unit = indentAt(source, first.name.start);
  const colon = source.slice(first.name.end, first.value.start);
  return {
    unit: unit === "" ? undefined : unit,
    newline: detectNewline(source),
    colon: /[\r\n]/.test(colon) ? DOCKERS.colon : colon,
  };
}

/** What stands before something that begins a line; undefined when it does not. */
export function indentAt(source: string, at: number): string | undefined {
  const before = source.slice(lineStart(source, at), at);
  return /^[ \t]*$/.test(before) && lineStart(source, at) > 0 ? before : undefined;
}

/** The blanks that the line of an offset begins with. */
export function lineIndent(source: string, at: number): string {
  return /^[ \t]*/.exec(source.slice(lineStart(source, at), at))![0];
}

/** `"key": value`; its further lines begin with the indent. */
export function renderMember(
  layout: JsonLayout,
  { key, value, indent }: { readonly key: string; readonly value: JsonValue; readonly indent: string },
): string {
  return `${JSON.stringify(key)}${layout.colon}${renderValue(layout, { value, indent })}`;
}

/** A value; its further lines begin with the indent. */
export function renderValue(
  layout: JsonLayout,
  { value, indent }: { readonly value: JsonValue; readonly indent: string },
): string {
  if (typeof value === "string") return JSON.stringify(value);
  const deeper = indent + (layout.unit ?? "");
  const members = Object.entries(value).map(([key, one]) => renderMember(layout, { key, value: one, indent: deeper }));
  if (members.length === 0) return "{}";
  if (layout.unit === undefined) return `{${members.join(layout.colon.endsWith(" ") ? ", " : ",")}}`;
  const lines = members.map((member) => `${layout.newline}${deeper}${member}`);
  return `{${lines.join(",")}${layout.newline}${indent}}`;
}
