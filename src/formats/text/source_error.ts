/** What is wrong with a JSON text, and where (line and column from 1). */
export class JsonError extends Error {
  override readonly name = "JsonError";
  readonly line: number;
  readonly column: number;

  constructor(message: string, place: { readonly line: number; readonly column: number }) {
    super(message);
    this.line = place.line;
    this.column = place.column;
  }
}

/** What is wrong with a YAML text, and where (line and column from 1). */
export class YamlError extends Error {
  override readonly name = "YamlError";
  readonly line: number;
  readonly column: number;

  constructor(message: string, place: { readonly line: number; readonly column: number }) {
    super(message);
    this.line = place.line;
    this.column = place.column;
  }
}
