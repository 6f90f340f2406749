/** What is wrong with a template, and where: the offset of a character in its text. */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}
