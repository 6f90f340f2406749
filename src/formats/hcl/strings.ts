const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/** What is between quotes, without its escapes. https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md */
export function quotedText(raw: string): string {
  const plain = raw.replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/g, (...[, short, long, one]) => {
    const code = short ?? long;
    return code === undefined ? ESCAPES[one as string] ?? "" : decodeCharacter(parseInt(code, 16));
  });
  return withoutMarks(plain);
}

function decodeCharacter(code: number): string {
  return code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF) ? "\uFFFD" : String.fromCodePoint(code);
}

/**
 * The lines of a heredoc: what stands after the name that opens it, up to the same name alone on a line. With `<<-` the
 * indentation that all lines share is not part of them.
 */
export function heredocText(
  raw: string,
  { name, isIndented }: { readonly name: string; readonly isIndented: boolean },
): string {
  const body = raw.slice(0, raw.length - name.length).replace(/[ \t]+$/, "");
  const lines = withoutMarks(body.slice(body.indexOf("\n") + 1));
  return isIndented ? unindent(lines) : lines;
}

function unindent(lines: string): string {
  const widths = [...lines.matchAll(/^([ \t]*)\S/gm)].map(([, blanks]) => blanks!.length);
  const shared = widths.reduce((least, width) => Math.min(least, width), widths[0] ?? 0);
  return lines.replace(new RegExp(`^[ \\t]{0,${shared}}`, "gm"), "");
}

/** `$${` and `%%{` are how a text says `${` and `%{`. */
function withoutMarks(text: string): string {
  return text.replace(/([$%])\1\{/g, "$1{");
}
