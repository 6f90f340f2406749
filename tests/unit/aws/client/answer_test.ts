import { deepEqual, equal, throws } from "node:assert/strict";
import { ACCOUNT_ID, Answer, KEY, UnusableAnswer } from "../../../../src/aws/client/answer.ts";
import { checkedPages } from "../../../../src/aws/client/pages.ts";
import { failureName } from "../../../../src/aws/client/sdk_error.ts";

const RANGE = { least: 0, most: 600 };
const NOON = Date.UTC(2026, 0, 2, 12);

/** Readers of a field, each with values that it takes. */
const READERS: Readonly<Record<string, readonly [read: (answer: Answer) => unknown, ...good: unknown[]]>> = {
  text: [(answer) => answer.text("x", KEY), "a/+=", "x".repeat(65_536)],
  id: [(answer) => answer.text("x", ACCOUNT_ID), "123456789012"],
  texts: [(answer) => answer.texts("x", KEY), ["a", "b"], []],
  number: [(answer) => answer.number("x", RANGE), 0, 600],
  time: [(answer) => answer.optionalTime("x"), NOON, new Date(NOON)],
  boolean: [(answer) => answer.optionalBoolean("x"), true, false],
  part: [(answer) => answer.part("x").optionalText("y", KEY), {}, { y: "z" }],
  parts: [(answer) => answer.parts("x").map((part) => part.text("y", KEY)), [], [{ y: "z" }]],
};
const VALUES: readonly unknown[] = [
  ...[5.5, -1, 1e18, NaN, 7, "", "a b", "a\nb", "\u009b", "x".repeat(65_537), new Date(NaN)],
  ...[[5], [null], ["a\n"], [[]], { length: 1 }, { y: 5 }],
];

for (const [name, [read, ...good]] of Object.entries(READERS)) {
  Deno.test(`answers: ${name} is read where it is one, and all else is refused without its value`, () => {
    for (const value of good) read(new Answer({ x: value }));
    for (const value of VALUES) {
      try {
        const found = read(new Answer({ x: value }));
        equal(["7", '""', "[5]"].includes(JSON.stringify(value)) || name.startsWith("part"), true, `${name} ${found}`);
      } catch (error) {
        equal((error as Error).name, "UnusableAnswer", String(error));
        equal(
          /^the response contains [a-z0-9 ]+ as x[\w.[\]]*$|^the response contains no x/.test((error as Error).message),
          true,
        );
      }
    }
  });
}

Deno.test("answers: what an object inherits is no field, and no list or text is an answer", () => {
  equal(new Answer({}).optionalText("constructor", KEY), undefined);
  equal(new Answer(JSON.parse('{"__proto__": {"x": "y"}}')).optionalText("x", KEY), undefined);
  for (const value of [5, "x", [], true]) throws(() => new Answer(value), UnusableAnswer);
});

async function* forever(token: (page: number) => unknown): AsyncGenerator<unknown> {
  for (let page = 0;; page++) yield { nextToken: token(page) };
}

async function faultOf(token: (page: number) => unknown): Promise<readonly [pages: number, fault: string]> {
  let pages = 0;
  try {
    for await (const _ of checkedPages(forever(token))) pages++;
  } catch (error) {
    return [pages, (error as Error).message];
  }
  return [pages, "none"];
}

Deno.test("pages: a list without an end is left, whatever its tokens are", async () => {
  deepEqual(await faultOf(() => "same"), [1, "the response repeats its nextToken"]);
  deepEqual(await faultOf((page) => `${page % 3}`), [3, "the response repeats its nextToken"]);
  deepEqual(await faultOf((page) => `${page}`), [999, "the response has more than 999 pages"]);
  deepEqual(await faultOf(() => 5), [0, "the response contains an unusable number as nextToken"]);
});

Deno.test("the name of a failure is a word", () => {
  equal(failureName({ name: "ThrottlingException" }), "ThrottlingException");
  for (const name of [5, null, "", "a b", "a\nb", "x".repeat(101), {}]) equal(failureName({ name }), "unknown error");
});
