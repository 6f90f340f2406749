import { TemplateError } from "./values/value.ts";

/** A piece of a template: text as it is, or what stands between `{{` and `}}`. */
export interface Segment {
  readonly kind: "text" | "action";
  readonly text: string;
  /** Offset of the text in the template. */
  readonly at: number;
}

interface Action {
  readonly text: string;
  readonly at: number;
  /** Offset after `}}`. */
  readonly end: number;
  readonly trimsLeft: boolean;
  readonly trimsRight: boolean;
}

const SPACE_BEFORE = /[ \t\r\n]+$/;
const SPACE_AFTER = /^[ \t\r\n]+/;
const COMMENT = /^(-[ \t\r\n]+)?\/\*/;

/** Text and actions in turn, white space next to `{{-` and `-}}` taken away, comments left out. */
export function segmentsOf(source: string): readonly Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  let trimsNext = false;
  for (let open = source.indexOf("{{"); open >= 0; open = source.indexOf("{{", at)) {
    const action = actionAt(source, open);
    pushText(segments, { text: source.slice(at, open), at, left: trimsNext, right: action.trimsLeft });
    if (!action.text.startsWith("/*")) segments.push({ kind: "action", text: action.text, at: action.at });
    at = action.end;
    trimsNext = action.trimsRight;
  }
  pushText(segments, { text: source.slice(at), at, left: trimsNext, right: false });
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

function actionAt(source: string, open: number): Action {
  const trimsLeft = /^-[ \t\r\n]/.test(source.slice(open + 2, open + 4));
  const start = open + (trimsLeft ? 3 : 2);
  const isComment = COMMENT.test(source.slice(open + 2, open + 100));
  const close = isComment ? commentEnd(source, open) : closing(source, start);
  const trimsRight = /[ \t\r\n]-$/.test(source.slice(start, close));
  const text = source.slice(start, trimsRight ? close - 1 : close);
  const at = isComment ? source.indexOf("/*", start) : start;
  return { text: isComment ? text.trimStart() : text, at, end: close + 2, trimsLeft, trimsRight };
}

/** A comment ends right before the delimiter, which `-` may precede. */
function commentEnd(source: string, open: number): number {
  const end = source.indexOf("*/", open);
  const rest = end < 0 ? undefined : /^\*\/([ \t\r\n]+-)?\}\}/.exec(source.slice(end, end + 1000));
  if (rest === undefined || rest === null) throw new TemplateError("the comment is not closed by */}}", open);
  return end + rest[0].length - 2;
}

/** The offset of the `}}` that is in no string. */
function closing(source: string, start: number): number {
  const token = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*'|\}\}/g;
  token.lastIndex = start;
  for (let found = token.exec(source); found !== null; found = token.exec(source)) {
    if (found[0] === "}}") return found.index;
  }
  throw new TemplateError("{{ is not closed by }}", start);
}
