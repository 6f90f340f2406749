import type { Fetched, FilePlace, Located } from "../../config/values/located.ts";
import { renderTemplate } from "../../formats/go_template/render_template.ts";

/** What a template reads from beyond the tree; undefined for a variable that it asks for itself. */
type Reached = Fetched | undefined;

/** The templates that are being rendered: each notes what is read meanwhile. */
const underWay = new Set<Reached[]>();

/** Notes that something from beyond the tree is read; by whatever is being rendered now. */
export function noteReach(reached: Reached): void {
  for (const found of underWay) found.push(reached);
}

interface Rendered {
  readonly text: string;
  /** To be put on the value that the text becomes: `{}` where the template has read only its own tree. */
  readonly mark: { readonly fetched?: Fetched };
}

/** Renders a template that stands at a place, and returns with its text what it has read from beyond the tree. */
export async function renderWatched(input: Parameters<typeof renderTemplate>[0], place: FilePlace): Promise<Rendered> {
  const found: Reached[] = [];
  underWay.add(found);
  try {
    const text = await renderTemplate(input);
    if (found.length === 0) return { text, mark: {} };
    return { text, mark: { fetched: found.find(Boolean) ?? { call: input.source, place, isBeyond: true } } };
  } finally {
    underWay.delete(found);
  }
}

/** Puts what a template sees as a field or an item; reading it is noted where the value came from beyond the tree. */
export function putWatched(
  onto: object,
  name: string | number,
  { located, value }: { readonly located: Located; readonly value: unknown },
): void {
  const { fetched } = located;
  if (located.kind === "scalar" && fetched?.isBeyond === true) {
    const get = () => {
      noteReach(fetched);
      return value;
    };
    Object.defineProperty(onto, name, { get, enumerable: true, configurable: true });
  } else Object.defineProperty(onto, name, { value, enumerable: true, configurable: true, writable: true });
}
