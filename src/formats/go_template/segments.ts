import { TemplateError } from "./values/value.ts";

/** A piece of a template: text as it is, or what stands between the delimiters. */
export interface Segment {
  readonly kind: "text" | "action";
  readonly text: string;
  /** Offset of the text in the template. */
  readonly at: number;
}

interface Action {
  readonly text: string;
  readonly at: number;
  /** Offset after the closing delimiter. */
  readonly end: number;
  readonly trimsLeft: boolean;
  readonly trimsRight: boolean;
}

/** What an action stands between. */
export interface Delimiters {
  readonly open: string;
  readonly close: string;
}

export const USUAL_DELIMITERS: Delimiters = { open: "{{", close: "}}" };

interface Source {
  readonly text: string;
  readonly delimiters: Delimiters;
}

const SPACE_BEFORE = /[ \t\r\n]+$/;
const SPACE_AFTER = /^[ \t\r\n]+/;
const COMMENT = /^(-[ \t\r\n]+)?\/\*/;

/** Text and actions in turn, white space next to `{{-` and `-}}` taken away, comments left out. */
export function splitSegments(text: string, delimiters: Delimiters): readonly Segment[] {
  const segments: Segment[] = [];
  const source = { text, delimiters };
  let at = 0;
  let trimsNext = false;
  for (let open = text.indexOf(delimiters.open); open >= 0; open = text.indexOf(delimiters.open, at)) {
    const action = actionAt(source, open);
    pushText(segments, { text: text.slice(at, open), at, left: trimsNext, right: action.trimsLeft });
    if (!action.text.startsWith("/*")) segments.push({ kind: "action", text: action.text, at: action.at });
    at = action.end;
    trimsNext = action.trimsRight;
  }
  pushText(segments, { text: text.slice(at), at, left: trimsNext, right: false });
  return segments;
}

function pushText(
  segments: Segment[],
  { text, at, left, right }: {
    readonly text: string;
    readonly at: number;
    readonly left: boolean;
    readonly right: boolean;
  },
): void {
  const started = left ? text.replace(SPACE_AFTER, "") : text;
  const kept = right ? started.replace(SPACE_BEFORE, "") : started;
  if (kept !== "") segments.push({ kind: "text", text: kept, at: at + text.length - started.length });
}

function actionAt(source: Source, open: number): Action {
  const { text: whole, delimiters } = source;
  const inside = open + delimiters.open.length;
  const trimsLeft = /^-[ \t\r\n]/.test(whole.slice(inside, inside + 2));
  const start = inside + (trimsLeft ? 1 : 0);
  const isComment = COMMENT.test(whole.slice(inside, inside + 100));
  const close = isComment ? commentEnd(source, open) : closing(source, start);
  const trimsRight = /[ \t\r\n]-$/.test(whole.slice(start, close));
  const text = whole.slice(start, trimsRight ? close - 1 : close);
  const at = isComment ? whole.indexOf("/*", start) : start;
  const end = close + delimiters.close.length;
  return { text: isComment ? text.trimStart() : text, at, end, trimsLeft, trimsRight };
}

/** A comment ends right before the delimiter, which `-` may precede. */
function commentEnd({ text, delimiters: { close } }: Source, open: number): number {
  const end = text.indexOf("*/", open);
  const space = end < 0 ? undefined : /^(?:[ \t\r\n]+-)?/.exec(text.slice(end + 2, end + 1000))![0];
  if (space === undefined || !text.startsWith(close, end + 2 + space.length)) {
    throw new TemplateError(`the comment is not closed by */${close}`, open);
  }
  return end + 2 + space.length;
}

const STRING = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*'/y;

/** The offset of the closing delimiter that is in no string. */
function closing({ text, delimiters: { open, close } }: Source, start: number): number {
  for (let at = start; at < text.length; at++) {
    if (text.startsWith(close, at)) return at;
    STRING.lastIndex = at;
    const string = /["'`]/.test(text[at]!) ? STRING.exec(text) : null;
    if (string !== null) at += string[0].length - 1;
  }
  throw new TemplateError(`${open} is not closed by ${close}`, start);
}
