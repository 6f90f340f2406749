import type { FilePosition } from "../../config/values/located.ts";
import { AppError } from "../../errors.ts";
import { placeAt } from "../../formats/text/position.ts";
import { TemplateError } from "../../formats/go_template/values/value.ts";

/** What is wrong in a manifest, at its line. */
export function stackError(
  { place, found, hint }: { readonly place: FilePosition; readonly found: string; readonly hint?: string },
): AppError {
  const more = hint === undefined ? {} : { hint };
  return new AppError("config-invalid", `Cannot read stack manifest "${place.file}": ${found}`, { place, ...more });
}

/** What is wrong with a file that lies beyond the tree, where it is wrong: messages quote what is in it. */
export function untoldError(
  { place }: AppError,
  { path, by }: { readonly path: string; readonly by?: string },
): AppError {
  const { line, column } = place?.file === path ? place : { line: 1, column: 1 };
  const found = `it cannot be used, and why is not shown: it lies beyond ${by ?? "this repository"}`;
  return stackError({ place: { file: path, line, column }, found });
}

/** Does it; a TemplateError becomes an AppError at the place of the value that is a template. */
export async function atPlace<T>(place: FilePosition, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof TemplateError) throw templateError(place, error);
    throw error;
  }
}

/** What is wrong with a template, as an AppError at its place. */
export function templateError(place: FilePosition, { message }: TemplateError): AppError {
  return stackError({ place, found: `template: ${message}` });
}

/** The same for a whole file, at the line in it. */
export function textError(
  { path, text }: { readonly path: string; readonly text: string },
  { at, message }: TemplateError,
): AppError {
  return stackError({ place: { file: path, ...placeAt(text, at) }, found: `template: ${message}` });
}
