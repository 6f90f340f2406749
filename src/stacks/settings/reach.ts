import type { Fetched, FilePosition, Located } from "../../config/values/located.ts";
import { isHidden, isReaching, mostPrivate, showCall } from "../../config/values/fetched.ts";
import { type RenderInput, renderTemplate } from "../../formats/go_template/render_template.ts";
import { NotYet } from "../../formats/go_template/values/not_yet.ts";
import { TemplateError } from "../../formats/go_template/values/value.ts";

/** What a template reads from beyond the tree; undefined or "open" for a variable that it asks for itself. */
type Reached = Fetched | "open" | undefined;

/** The templates that are being rendered: each notes what is read meanwhile. */
const underWay = new Set<Reached[]>();

/** Notes that something from beyond the tree is read; by whatever is being rendered now. */
export function noteReach(reached: Reached): void {
  for (const found of underWay) found.push(reached);
}

/** To be put on the value that a text becomes: `{}` where the template has read only its own tree. */
interface Mark {
  readonly fetched?: Fetched;
}

/** Renders a template that stands at a place, and returns with its text what it has read from beyond the tree. */
export async function renderWatched(
  input: RenderInput,
  place: FilePosition,
): Promise<{ readonly text: string; readonly mark: Mark }> {
  const { value, error, mark } = await tryWatched(input, { place, render: renderTemplate });
  if (value === undefined) throw error;
  return { text: value, mark };
}

interface Rendering<T> {
  readonly place: FilePosition;
  readonly render: (input: RenderInput) => Promise<T>;
  /** What messages call it, where that is not its text. */
  readonly call?: string;
}

/** Renders it in any form; whether a template fails may also depend on what it has read. */
export async function tryWatched<T>(
  input: RenderInput,
  { place, render, call }: Rendering<T>,
): Promise<{ readonly value?: T; readonly error?: TemplateError; readonly mark: Mark }> {
  const { source } = input;
  for (let waits = 0; waits <= MOST_WAITS; waits++) {
    // What one template sets, another must not read as its own tree's.
    const data = changesMaps(source) ? copyWatched(input.data) : input.data;
    const once = () => valueOrError(() => render({ ...input, data }));
    const { value, mark } = await watchBrowser({ call: source, place }, once);
    if (value instanceof TemplateError) return { error: withoutRead(value, { mark, source, call }), mark };
    if (!(value instanceof NotYet)) return { value, mark };
    // What is read meanwhile is read by others.
    await value.ready();
  }
  return { error: new TemplateError(`it waits for more than ${MOST_WAITS} values`, 0), mark: {} };
}

/** What a template has made of something private is recorded nowhere: its error may spell it in any form. */
function withoutRead(
  error: TemplateError,
  { mark: { fetched }, source, call }: {
    readonly mark: Mark;
    readonly source: string;
    readonly call: string | undefined;
  },
): TemplateError {
  if (!isHidden(fetched)) return error;
  const said = fetched.call === source ? call ?? "a variable" : showCall(fetched);
  return new TemplateError(`it fails, and why is not shown: it may tell something of ${said}`, error.at);
}

/** How often one template is rendered anew, since a function needed something first. */
const MOST_WAITS = 200;

/** Does it, and returns with its value what was read meanwhile from beyond the tree, for `as` where nothing says it. */
export async function watchBrowser<T>(
  as: Pick<Fetched, "call" | "place">,
  act: () => Promise<T>,
): Promise<{ readonly value: T; readonly mark: Mark }> {
  const found: Reached[] = [];
  underWay.add(found);
  try {
    const value = await act();
    if (found.length === 0) return { value, mark: {} };
    const read = mostPrivate(found.filter((one) => one !== "open"));
    // A variable that the template reads itself is named by the template.
    const known = found.includes(undefined) && !isHidden(read) ? undefined : read;
    const isOpen = found.every((one) => one === "open" || (one !== undefined && !isHidden(one)));
    const { isOpen: _, ...mark } = { ...as, isBeyond: true, ...known, isMade: true as const };
    return { value, mark: { fetched: isOpen ? { ...mark, isOpen } : mark } };
  } finally {
    underWay.delete(found);
  }
}

async function valueOrError<T>(act: () => Promise<T>): Promise<T | TemplateError | NotYet> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof TemplateError || error instanceof NotYet) return error;
    throw error;
  }
}

/** Whether a template may change the maps it is given: with `set`, `unset`, `merge` and the like. */
export function changesMaps(source: string): boolean {
  return /\b(?:un)?set\b|merge/i.test(source);
}

/**
 * Puts what a template sees as a field or an item; reading it is noted where it came from beyond the tree: of maps and
 * lists, the names in them and how many there are may come from there.
 */
export function putWatched(
  onto: object,
  name: string | number,
  { located, value }: { readonly located: Located; readonly value: unknown },
): void {
  const { fetched } = located;
  if (fetched === undefined || !isReaching(fetched)) define(onto, { name, value });
  else {
    const get = () => {
      noteReach(fetched);
      return value;
    };
    Object.defineProperty(onto, name, { get, enumerable: true, configurable: true });
  }
}

/** Returns what templates see in several objects, still watched; later ones go over earlier ones. */
export function joinWatched(...parts: readonly (object | undefined)[]): Record<string, unknown> {
  const joined = {};
  for (const part of parts) Object.defineProperties(joined, Object.getOwnPropertyDescriptors(part ?? {}));
  return joined;
}

/** Returns a copy that a template may change, still watched. */
export function copyWatched(data: unknown): unknown {
  if (typeof data !== "object" || data === null) return data;
  const copy: object = Array.isArray(data) ? [] : {};
  for (const [name, { get, value }] of Object.entries(Object.getOwnPropertyDescriptors(data))) {
    if (Array.isArray(data) && name === "length") continue;
    if (get === undefined) define(copy, { name, value: copyWatched(value) });
    else Object.defineProperty(copy, name, { get: once(get), enumerable: true, configurable: true });
  }
  return copy;
}

/** Reads it each time, so that this is noted, but copies once, so that changes stay. */
function once(get: () => unknown): () => unknown {
  let copy: { readonly value: unknown } | undefined;
  return () => {
    const value = get();
    copy ??= { value: copyWatched(value) };
    return copy.value;
  };
}

function define(onto: object, { name, value }: { readonly name: string | number; readonly value: unknown }): void {
  Object.defineProperty(onto, name, { value, enumerable: true, configurable: true, writable: true });
}
