import ts from "typescript";
import { descendants, type Program } from "./program.ts";
import { type Finding, findingAt } from "./finding.ts";

/** Names the runtime provides that reach the world, or another road to them. */
const FORBIDDEN: ReadonlySet<string> = new Set([
  ...["Deno", "fetch", "console", "process", "performance", "navigator", "location"],
  ...["setTimeout", "setInterval", "setImmediate", "clearTimeout", "clearInterval", "requestAnimationFrame"],
  ...["globalThis", "global", "window", "self", "eval", "Function", "require"],
  ...["alert", "confirm", "prompt", "localStorage", "sessionStorage", "caches"],
  ...["Worker", "SharedWorker", "WebSocket", "WebSocketStream", "EventSource", "XMLHttpRequest", "BroadcastChannel"],
]);

/** Names of which only some members are pure: those are listed, everything else is refused. */
const ONLY: Readonly<Record<string, ReadonlySet<string>>> = {
  Date: new Set(["parse", "UTC", "prototype"]),
  crypto: new Set(["subtle"]),
  AbortSignal: new Set(["abort", "any"]),
};

/** Names of which only some members are impure. */
const EXCEPT: Readonly<Record<string, ReadonlySet<string>>> = {
  Math: new Set(["random"]),
  Temporal: new Set(["Now"]),
};

/** Effects outside src/host: what a function does to the world must come in as its first parameter. */
export function checkEffects({ files, checker }: Program): readonly Finding[] {
  return files.filter((file) => !file.fileName.startsWith("src/host/")).flatMap((file) =>
    [...descendants(file)].flatMap((node) => {
      const effect = ts.isIdentifier(node) && isFree(node, checker) ? effectOf(node) : ambient(node);
      if (effect === undefined) return [];
      return [
        findingAt(node, { rule: "effect", message: `${effect} is only for src/host: take it from a host parameter` }),
      ];
    })
  );
}

/** Whether the identifier refers to something no file declares. */
function isFree(node: ts.Identifier, checker: ts.TypeChecker): boolean {
  if (isNameOnly(node)) return false;
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node);
  return (symbol?.declarations ?? []).length === 0;
}

/** Whether the identifier is a member's or a label's name, not a reference. */
function isNameOnly(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  if (ts.isBindingElement(parent)) return parent.propertyName === node || parent.name === node;
  if (ts.isShorthandPropertyAssignment(parent)) return false;
  return "name" in parent && parent.name === node || "propertyName" in parent && parent.propertyName === node ||
    "label" in parent && parent.label === node;
}

function effectOf(node: ts.Identifier): string | undefined {
  const name = node.text;
  if (FORBIDDEN.has(name)) return name;
  const [only, except] = [ONLY[name], EXCEPT[name]];
  if (only === undefined && except === undefined) return undefined;
  if (isTypeName(node) || isHarmlessDate(node)) return undefined;
  const member = memberOf(node);
  if (member === undefined) return `${name} as a value`;
  const impure = only === undefined ? except?.has(member) === true : !only.has(member);
  return impure ? `${name}.${member}` : undefined;
}

function isTypeName(node: ts.Identifier): boolean {
  return ts.isTypeReferenceNode(node.parent) || ts.isQualifiedName(node.parent) ||
    ts.isExpressionWithTypeArguments(node.parent);
}

/** `new Date(x)` and `x instanceof Date` do not look at the clock. */
function isHarmlessDate({ parent, text }: ts.Identifier): boolean {
  if (ts.isBinaryExpression(parent)) return parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword;
  return text === "Date" && ts.isNewExpression(parent) && (parent.arguments ?? []).length > 0;
}

/** The member taken from the name, when it is written out; undefined when it is computed or there is none. */
function memberOf({ parent }: ts.Identifier): string | undefined {
  if (ts.isPropertyAccessExpression(parent)) return parent.name.text;
  if (ts.isElementAccessExpression(parent) && ts.isStringLiteralLike(parent.argumentExpression)) {
    return parent.argumentExpression.text;
  }
  return undefined;
}

/** `declare const fetch: …` would hide the runtime's name from this check. */
function ambient(node: ts.Node): string | undefined {
  return node.kind === ts.SyntaxKind.DeclareKeyword
    ? "a declaration of what the runtime provides (declare)"
    : undefined;
}
