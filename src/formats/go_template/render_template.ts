import { executeTemplate, type Piece, textOfPieces } from "./execute.ts";
import { functionTable } from "./functions/function_table.ts";
import type { FunctionTable } from "./functions/arguments.ts";
import { parseTemplate } from "./parse_template.ts";
import { type Delimiters, USUAL_DELIMITERS } from "./segments.ts";
import { TemplateError } from "./values/value.ts";

export interface RenderInput {
  readonly source: string;
  /** Values as JSON has them. */
  readonly data: unknown;
  /** Whether a key that is not there is an error; else it is `<no value>`. */
  readonly strict: boolean;
  /** Functions with effects, such as `env`. */
  readonly functions?: FunctionTable;
  /** What actions stand between (default: `{{` and `}}`). */
  readonly delimiters?: Delimiters | undefined;
}

/**
 * The text that a template of Go's text/template makes of data, with sprig's functions. Throws TemplateError.
 * https://pkg.go.dev/text/template
 */
export async function renderTemplate(input: RenderInput): Promise<string> {
  return textOfPieces(await pieces(input, { keepsValues: false }));
}

/** The same, with maps, lists, numbers and booleans as they are. Throws TemplateError. */
export async function renderPieces(input: RenderInput): Promise<readonly Piece[]> {
  return await pieces(input, { keepsValues: true });
}

async function pieces(
  { source, data, strict, functions: more, delimiters }: RenderInput,
  { keepsValues }: { readonly keepsValues: boolean },
): Promise<readonly Piece[]> {
  const template = parseTemplate(source, delimiters);
  const functions = await functionTable(template.functions, more);
  return executeTemplate(template, { data, functions, strict, keepsValues });
}

/** What is wrong with a template, whatever the data: it can't be read, or names functions that there are not. */
export async function toTemplateFault(
  { source, functions }: Pick<RenderInput, "source" | "functions">,
): Promise<TemplateError | undefined> {
  try {
    await functionTable(parseTemplate(source).functions, functions);
    return undefined;
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
}

/** Whether a text has anything for a template to do. */
export function isTemplate(text: string, { open }: Delimiters = USUAL_DELIMITERS): boolean {
  return text.includes(open);
}
