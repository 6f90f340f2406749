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
