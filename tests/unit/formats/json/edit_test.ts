import { equal, throws } from "node:assert/strict";
import { editJson, type JsonEdit } from "../../../../src/formats/json/edit.ts";
import { isProved } from "../../../../src/formats/json/prove.ts";

/** The edit, with the proof that it did nothing else. */
function edited(source: string, edits: readonly JsonEdit[]): string {
  const after = editJson(source, edits);
  equal(isProved(source, { after, edits }), true, after);
  return after;
}

const set = (path: readonly string[], value: JsonEdit["value"]): JsonEdit => ({ path, value });
const LOGIN = set(["auths", "r"], { auth: "QQ==" });

const CASES: readonly (readonly [about: string, before: string, edits: readonly JsonEdit[], after: string])[] = [
  ["nothing", "", [LOGIN], '{\n\t"auths": {\n\t\t"r": {\n\t\t\t"auth": "QQ=="\n\t\t}\n\t}\n}\n'],
  ["an empty object keeps that it ends without a line break", "{}", [set(["a"], "b")], '{\n\t"a": "b"\n}'],
  [
    "tabs",
    '{\n\t"auths": {\n\t\t"x": {}\n\t},\n\t"credsStore": "pass"\n}',
    [LOGIN],
    '{\n\t"auths": {\n\t\t"x": {},\n\t\t"r": {\n\t\t\t"auth": "QQ=="\n\t\t}\n\t},\n\t"credsStore": "pass"\n}',
  ],
  [
    "two blanks, CRLF",
    '{\r\n  "auths": {}\r\n}\r\n',
    [LOGIN],
    '{\r\n  "auths": {\r\n    "r": {\r\n      "auth": "QQ=="\r\n    }\r\n  }\r\n}\r\n',
  ],
  ["one line", '{"auths": {"x": {}}, "n": 1}', [LOGIN], '{"auths": {"x": {}, "r": {"auth": "QQ=="}}, "n": 1}'],
  ["no blanks at all", '{"auths":{"x":{}}}', [LOGIN], '{"auths":{"x":{},"r":{"auth":"QQ=="}}}'],
  ["null is nothing", '{"auths":null}', [LOGIN, set(["auths", "s"], {})], '{"auths":{"r":{"auth":"QQ=="},"s":{}}}'],
  ["a section at the end", '{\n "n": 1\n}\n', [set(["h", "r"], "x")], '{\n "n": 1,\n "h": {\n  "r": "x"\n }\n}\n'],
  [
    "the same again",
    '{ "auths" : {"r":{"auth" : "QQ\\u003d="}} }',
    [LOGIN],
    '{ "auths" : {"r":{"auth" : "QQ\\u003d="}} }',
  ],
  [
    "what stands around a value stays",
    '{"big":12345678901234567890,"auths":{"r":{"email":"\\u00e9","auth" :\t"old" }},"z":1.0e+2}',
    [set(["auths", "r", "auth"], "new")],
    '{"big":12345678901234567890,"auths":{"r":{"email":"\\u00e9","auth" :\t"new" }},"z":1.0e+2}',
  ],
  [
    "the first of three goes",
    '{"a": {"x": 1, "y": 2, "z": 3}}',
    [set(["a", "x"], undefined)],
    '{"a": {"y": 2, "z": 3}}',
  ],
  [
    "the last of three goes",
    '{"a": {"x": 1, "y": 2, "z": 3}}',
    [set(["a", "z"], undefined)],
    '{"a": {"x": 1, "y": 2}}',
  ],
  ["the only one goes", '{"a": {\n  "x": 1\n}}', [set(["a", "x"], undefined)], '{"a": {}}'],
  ["all go", '{"a": 1, "b": 2}', [set(["a"], undefined), set(["b"], undefined)], "{}"],
  ["what is not there is gone", '{"a": [1]}', [set(["a", "x", "y"], undefined)], '{"a": [1]}'],
  ["one goes and one comes", '{"a": 1}', [set(["b"], "x"), set(["a"], undefined)], '{\n\t"b": "x"\n}'],
  ["__proto__ is a key like others", '{"a": {}}', [set(["a", "__proto__"], "x")], '{"a": {"__proto__": "x"}}'],
];

for (const [about, before, edits, after] of CASES) {
  Deno.test(`edit: ${about}`, () => equal(edited(before, edits), after));
}

Deno.test("what is no object is refused, with its place", () => {
  throws(() => editJson("[]", [LOGIN]), /not an object/);
  throws(() => editJson('{\n  "auths": 1}', [LOGIN]), { line: 2, column: 12, message: /"auths" is not an object/ });
});

Deno.test("the proof sees what an edit should not have done", () => {
  const proved = (before: string, after: string) => isProved(before, { after, edits: [set(["a"], "x")] });
  equal(proved('{"n": 1}', '{"n": 1, "a": "x"}'), true);
  equal(proved('{"n": 1}', '{"a": "x", "n": 1}'), false, "another order");
  equal(proved('{"n": 1.0}', '{"n": 1, "a": "x"}'), false, "other digits");
  equal(proved('{"n": 1e400}', '{"n": 1e401, "a": "x"}'), false, "other digits of infinity");
  equal(proved('{"n": {"number": "1"}}', '{"n": 1, "a": "x"}'), false, "another type");
  equal(proved('{"n": [1, 2]}', '{"n": [1], "a": "x"}'), false, "a shorter list");
  equal(proved('{"n": 1}', '{"n": 1, "a": "y"}'), false, "another value");
  equal(proved('{"n": 1}', '{"n": 1}'), false, "nothing done");
});
