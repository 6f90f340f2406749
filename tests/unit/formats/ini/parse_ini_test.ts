import assert from "node:assert/strict";
import { AppError } from "../../../../src/errors.ts";
import { type IniFile, parseIni } from "../../../../src/formats/ini/parse_ini.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

function plain(file: IniFile): unknown {
  return Object.fromEntries(
    [...file].map(([name, section]) => [
      name,
      Object.fromEntries([...section].map(([k, v]) => [k, typeof v === "string" ? v : Object.fromEntries(v)])),
    ]),
  );
}

function read(text: string): unknown {
  return plain(parseIni(text, "config"));
}

const cases: readonly (readonly [string, string, unknown])[] = [
  ["nothing", "", {}],
  ["comments and blank lines", "# a\n; b\n\n   \n  # c\n", {}],
  ["sections and keys", "[default]\nregion = us-east-2\n[profile dev]\nregion=eu-west-1\n", {
    "default": { region: "us-east-2" },
    "profile dev": { region: "eu-west-1" },
  }],
  ["blanks and quotes in a header", '[profile\t "dev" ]\na = b', { "profile dev": { a: "b" } }],
  ["a quoted name with a blank", "[profile 'my dev']\n[services my\\ s]\n", {
    'profile "my dev"': {},
    'services "my s"': {},
  }],
  ["headers without the two words as they are", '[ dev ]\n[profile a b]\n[profile it\'s]\n["x"]', {
    " dev ": {},
    "profile a b": {},
    "profile it's": {},
    '"x"': {},
  }],
  ["the later one of two spellings", '[profile "d"]\na = 1\nb = 1\n[profile d]\na = 2', { "profile d": { a: "2" } }],
  ["a comment after a header", "[default] # mine\na = b", { default: { a: "b" } }],
  ["a bracket in it, up to which all is the name to the AWS CLI", "[d] # [1]\n[e]\na = b", {
    "d] # [1": {},
    e: { a: "b" },
  }],
  ["a comment after a value needs a blank", "[d]\na = b #c\nd = e#f\ng = h ; i", { d: { a: "b", d: "e#f", g: "h" } }],
  ["keys in any case", "[d]\nRegion = X", { d: { region: "X" } }],
  ["= inside a value", "[d]\nsecret = ab+/c==", { d: { secret: "ab+/c==" } }],
  ["a colon as separator", "[d]\nregion: us-east-2\nurl = http://h:1/", {
    d: { region: "us-east-2", url: "http://h:1/" },
  }],
  ["an empty value", "[d]\na =\nb = c", { d: { a: "", b: "c" } }],
  ["the last of two wins", "[d]\na = 1\na = 2", { d: { a: "2" } }],
  ["a section that comes twice", "[d]\na = 1\n[e]\n[d]\nb = 2", { d: { a: "1", b: "2" }, e: {} }],
  ["a nested block", "[services s]\neks =\n  endpoint_url = http://a:1\n  x = y\nsts =\n  endpoint_url = http://b\n", {
    "services s": { eks: { endpoint_url: "http://a:1", x: "y" }, sts: { endpoint_url: "http://b" } },
  }],
  ["a nested block with a comment inside", "[d]\ns3 =\n  # c\n  a = b\nq = r", { d: { s3: { a: "b" }, q: "r" } }],
  ["a continuation line", "[d]\na = b\n  c\n", { d: { a: "b\nc" } }],
  ["an indented first key", "[d]\n  a = b", { d: { a: "b" } }],
  ["settings that are all indented alike", "[d]\n  a = b\n  c = d\n  e = f\n", { d: { a: "b", c: "d", e: "f" } }],
  ["a line that is indented less than the key above", "[d]\n    a = b\n  c = d\ne = f", {
    d: { a: "b", c: "d", e: "f" },
  }],
  ["a block below an indented key", "[d]\n  s3 =\n    a = b\n    c = d\n  e = f", {
    d: { s3: { a: "b", c: "d" }, e: "f" },
  }],
  ["a tab as one blank", "[d]\n\ta = b\n c = d\n\t\te\n", { d: { a: "b", c: "d\ne" } }],
  ["an indented header", " [d]\n a = b\n [e]\n  [f]\n", { d: { a: "b" }, e: {}, f: {} }],
  ["a header that is indented deeper than the key above as its value", "[d]\na = b\n [e]\nc = d", {
    d: { a: "b\n[e]", c: "d" },
  }],
  ["a value that goes on below blank lines and comments", "[d]\na = b\n\n# c\n  # d\n  e\n\nf = g", {
    d: { a: "b\n\ne", f: "g" },
  }],
  ["a block below a blank line", "[d]\ns3 =\n\n  a = b\n", { d: { s3: { a: "b" } } }],
  ["keys of a block as they are, up to the first =", "[d]\ns3 =\n  Url: x = http://h:1\n", {
    d: { s3: { "Url: x": "http://h:1" } },
  }],
  ["CRLF and a byte order mark", "\uFEFF[d]\r\na = b\r\n", { d: { a: "b" } }],
  [
    "a prototype name is just a name",
    "[__proto__]\n__proto__ = x\n[constructor]\na = b",
    JSON.parse(
      '{"__proto__":{"__proto__":"x"},"constructor":{"a":"b"}}',
    ),
  ],
];

for (const [name, text, expected] of cases) {
  Deno.test(`parseIni reads ${name}`, () => assert.deepEqual(read(text), expected));
}

const refused: readonly (readonly [string, string, number])[] = [
  ["a setting before the first section", "\nregion = x", 2],
  ["a header without its bracket", "[default]\n[profile dev\n", 2],
  ["an empty header", "[ ]", 1],
  ["text after a header", "[d] x", 1],
  ["a line that is neither", "[d]\nAKIAEXAMPLESECRET\n", 2],
  ["an indented line that is no setting in a block", "[d]\neks =\n  AKIAEXAMPLESECRET", 3],
  ["a colon in a block", "[d]\neks =\n  a = b\n\n  AKIAEXAMPLESECRET: c\n[e]", 5],
];

for (const [name, text, line] of refused) {
  Deno.test(`parseIni refuses ${name} and names the line, never the text`, () => {
    assert.throws(() => parseIni(text, "/h/.aws/config"), (error) => {
      assert.ok(error instanceof AppError);
      assert.equal(error.code, "config-invalid");
      assert.deepEqual(error.place, { file: "/h/.aws/config", line, column: 1 });
      assert.ok(!`${error.message}${renderRemedy({}, error)}`.includes("AKIAEXAMPLESECRET"));
      return true;
    });
  });
}
