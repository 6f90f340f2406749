import { doesNotMatch, equal, notEqual } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { tempHome } from "../support/machine/temp_home.ts";

const SECRET = "CANARYsecretCANARY";
const CONFIG = `base_path: "."
stacks: {base_path: stacks, included_paths: ["deploy/*"], name_template: "{{ .vars.stage }}"}
templates: {settings: {enabled: true}}
`;
const EKS = "components: {terraform: {eks: {vars: {x: 1}}}}\n";
const value = (template: string) => `vars: {stage: dev}\ncomponents: {terraform: {eks: {vars: {x: '${template}'}}}}\n`;

/** Templates that fail over what they have read, in whatever form they put it: the manifest, and one that it imports. */
const TEMPLATES: Record<string, readonly [string, string?]> = {
  "fail, of a local": [
    `vars: {stage: dev}\nlocals: {a: !include.raw ~/secret.yaml, b: '{{ fail (.locals.a | b64enc) }}'}\n${EKS}`,
  ],
  ...Object.fromEntries([
    '{{ fail (env "CANARY" | upper) }}',
    '{{ required (env "CANARY" | lower) nil }}',
    '{{ regexMatch (printf "(%s" (env "CANARY" | upper)) "x" }}',
    '{{ fromJson (env "CANARY" | b64enc) }}',
    '{{ atmos.Component (env "CANARY" | upper) .stack }}',
  ].map((template) => [template, [value(template)] as const])),
  ...Object.fromEntries([
    'import: ["{{ .a | b64enc }}"]',
    'x: *{{ .a | b64enc | replace "=" "" }}',
    'vars: {x: !include "{{ .a | b64enc }}"}',
    'components: {terraform: {"{{ .a | b64enc }}": 5}}',
  ].map((text) => [
    text,
    [
      `vars: {stage: dev}\nimport: [{path: catalog/t, context: {a: !include.raw ~/secret.yaml}}]\n${EKS}`,
      `${text}\n`,
    ] as const,
  ])),
};

/** What may be said of a template that is imported, or not. */
const UNSAID: readonly string[] = [
  ...["include", "include.raw", "env", "exec", "template", "terraform.state", "store", "unknown", "random", "cwd"]
    .map(
      (call) => `vars: {x: !${call} "{{ .a | b64enc }}"}`,
    ),
  'components: {terraform: {x: {metadata: {component: "{{ .a | b64enc }}", inherits: ["{{ .a | b64enc }}"]}}}}',
  'components: {terraform: {x: {settings: {depends_on: {1: {component: "{{ .a | b64enc }}"}}}}}}',
  "{{ .a | b64enc }}: 1",
  'overrides: "{{ .a | b64enc }}"',
  'locals: {x: "{{ .a | b64enc }}", y: "{{ fail .locals.x }}"}',
];

/** Imports that are not there, and whose paths are made of what is private. */
for (
  const path of [
    ...[
      '{{ env "CANARY" | b64enc }}',
      '{{ env "CANARY" | upper }}',
      '{{ env "CANARY" | b64enc }}/*',
      "{{ .locals.a | b64enc }}",
    ],
    '{{ range $c := (env "CANARY" | splitList "") }}{{ $c }}{{ end }}[',
  ]
) {
  const start = "vars: {stage: dev}\nlocals: {a: !include.raw ~/secret.yaml}\n";
  TEMPLATES[`import: ${path}`] = [`${start}import: ['${path}']\n${EKS}`];
  TEMPLATES[`import: path: ${path}`] = [`${start}import: [{path: '${path}'}]\n${EKS}`];
}

/** Files beyond the clone that are no clean manifests. */
const FILES: Readonly<Record<string, string>> = {
  "an alias": `password: *${SECRET}\n`,
  "a key that is there twice": `a: 1\n${SECRET}: 2\n${SECRET}: 3\n`,
  "a tag": `password: !${SECRET} abc\n`,
  "a number that is none": `pin: !!int ${SECRET}\n`,
  "an import": `import: [${SECRET}]\n`,
  "an include": `q: !include ${SECRET}\n`,
  "a list": `- ${SECRET}\n`,
};

const COMMANDS = [["list", "stacks"], ["describe", "component", "eks", "-s", "dev"]];
const FORMS = new RegExp(
  [SECRET, btoa(`password: ${SECRET}\n`).slice(0, 20), btoa(SECRET).slice(0, 20)].join("|"),
  "i",
);

function world() {
  const home = tempHome();
  home.write("secret.yaml", `password: ${SECRET}\n`);
  home.write("clone/.git/HEAD", "");
  home.write("clone/atmos.yaml", CONFIG);
  const run = (args: readonly string[]) =>
    runAtmos(args, {
      env: home.env({ PATH: "/usr/bin:/bin", CANARY: SECRET }),
      cwd: home.at("clone"),
      isMeasured: false,
    });
  return Object.assign(home, { run });
}

for (const [what, [manifest, imported]] of Object.entries(TEMPLATES)) {
  Deno.test(`what a template has read is in no error: ${what}`, async () => {
    using home = world();
    home.write("clone/stacks/deploy/dev.yaml", manifest);
    if (imported !== undefined) home.write("clone/stacks/catalog/t.yaml.tmpl", imported);
    let said = "";
    for (const args of COMMANDS) {
      const { stdout, stderr } = await home.run(args);
      doesNotMatch(stdout + stderr, FORMS, args.join(" "));
      said += stderr;
    }
    notEqual(said, "");
  });
}

Deno.test("what a template has read is in no message, wherever it puts that", async () => {
  for (const text of UNSAID) {
    using home = world();
    const context = "context: {a: !include.raw ~/secret.yaml}";
    home.write("clone/stacks/deploy/dev.yaml", `vars: {stage: dev}\nimport: [{path: catalog/t, ${context}}]\n${EKS}`);
    home.write("clone/stacks/catalog/t.yaml.tmpl", `${text}\n`);
    for (const args of [...COMMANDS, ["list", "components"], ["auth", "validate"]]) {
      const { stdout, stderr } = await home.run(args);
      doesNotMatch(stdout + stderr, FORMS, `${args.join(" ")}: ${text}`);
    }
  }
});

for (const [what, text] of Object.entries(FILES)) {
  Deno.test(`what is in a file beyond the repository is in no error: ${what}`, async () => {
    using home = world();
    home.write("other.yaml", text);
    for (const says of [`import: [${home.at("other.yaml")}]\n${EKS}`, EKS.replace("1", "!include ~/other.yaml")]) {
      home.write("clone/stacks/deploy/dev.yaml", `vars: {stage: dev}\n${says}`);
      for (const args of COMMANDS) {
        const { stdout, stderr } = await home.run(args);
        doesNotMatch(stdout + stderr, FORMS, `${says}: ${args.join(" ")}`);
      }
    }
  });
}

Deno.test("the line of a command in a file beyond the repository is not shown by asking for it", async () => {
  using home = world();
  home.write("other.yaml", `r: !exec mysql -p${SECRET}\n`);
  home.write("clone/atmos.yaml", "auth: {identities: {z: !include ~/other.yaml}}\n");
  for (const args of [["auth", "login", "z"], ["auth", "validate"], ["auth", "trust"], ["auth", "list"]]) {
    const { status, stdout, stderr } = await home.run(args);
    equal(status === 0 && args[1] === "login", false);
    doesNotMatch(stdout + stderr, FORMS, args.join(" "));
  }
});
