/** What the YAML parser says, in words that tell what to look for. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ["deficient indentation", "a bracket or a quote before this is still open, or this line is not indented enough"],
  [
    "bad indentation of a mapping entry",
    'this does not fit here; check the indentation, and put quotes around text with ": " in it or @ or ` at its start',
  ],
  [
    "end of the stream or a document separator is expected",
    "this does not go on with what stands above; check the indentation",
  ],
  ["tab characters must not be used in indentation", "a tab; indent with spaces"],
  ["null byte is not allowed in input", "a NUL byte"],
  ["nesting exceeded maxDepth (100)", "nested more than 100 deep"],
]);

export function plainReason(reason: string): string {
  return REASONS.get(reason) ?? reason;
}
