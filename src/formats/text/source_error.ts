/** What is wrong with a text, and where (line and column from 1). */
class SourceError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(message: string, position: { readonly line: number; readonly column: number }) {
    super(message);
    this.line = position.line;
    this.column = position.column;
  }
}

/** What is wrong with a JSON text, and where. */
export class JsonError extends SourceError {
  override readonly name = "JsonError";
}

/** What is wrong with a YAML text, and where. */
export class YamlError extends SourceError {
  override readonly name = "YamlError";
}

/** What is wrong with an HCL text, and where. */
export class HclError extends SourceError {
  override readonly name = "HclError";
}

/** What is wrong with a file of variables, and where. */
export class DotenvError extends SourceError {
  override readonly name = "DotenvError";
}
