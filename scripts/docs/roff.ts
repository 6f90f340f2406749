import { wrap } from "../../src/cli/help/columns.ts";

/** A source line beyond this is hard to read in a diff, and mandoc says so. */
const WIDTH = 78;

/** Returns a text that stands for itself in a manual page, on lines of a readable length. */
export function roffText(text: string): string {
  return wrap(text, WIDTH).map(guardStart).join("\n");
}

/** Returns one line as it is typed, in a block of examples. */
export function roffLine(text: string): string {
  return guardStart(text);
}

/** Returns text in bold, such as a flag. */
export function bold(text: string): string {
  return `\\fB${escape(text)}\\fR`;
}

/** Returns text in italics, such as a placeholder. */
export function italic(text: string): string {
  return `\\fI${escape(text)}\\fR`;
}

/** Returns a heading of a page, or of a part of one. */
export function heading(macro: "SH" | "SS", title: string): string {
  return `.${macro} ${escape(title)}`;
}

/** Returns an entry of a list: its term, already marked up, and the text below it. */
export function entry(term: string, text: string): string {
  return `.TP\n${term}\n${roffText(text)}`;
}

/** Backslashes, dashes and quotes mean something to roff; what is beyond ASCII depends on the reader's locale. */
function escape(text: string): string {
  return text.replaceAll("\\", "\\e").replaceAll("-", "\\-").replaceAll("'", "\\(aq")
    .replaceAll("^", "\\(ha").replaceAll("~", "\\(ti").replaceAll("`", "\\(ga")
    .replace(/[^\0-\x7f]/gu, (sign) => `\\[u${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}]`);
}

/** A dot at the start of a line is a request. */
function guardStart(line: string): string {
  const escaped = escape(line);
  return escaped.startsWith(".") ? `\\&${escaped}` : escaped;
}
