import { deepEqual, equal, match, ok } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { NOBODY } from "../support/runs/login_run.ts";
import { onTerminal } from "../support/terminal/on_terminal.ts";
import { ASSERTION_CANARY, NO_ANSWER, READER, samlBase64, samlXml, WRITER } from "../support/saml/document.ts";
import { SAML_CREDENTIALS, samlWorld } from "../support/runs/saml_run.ts";

const LOGIN = ["auth", "login"];
const IDP = "url: https://idp.example.com/aws";

Deno.test("SAML assertion: base64 in a file, wrapped or not, and raw XML log in; the response is kept nowhere", async () => {
  await using world = await samlWorld({ provider: `${IDP}, driver: assertion` });
  const wrapped = samlBase64().replace(/.{76}/g, "$&\r\n");
  const seen: string[] = [];
  for (const [name, text] of [["wrapped.txt", `${wrapped}\n`], ["plain.txt", samlBase64()], ["r.xml", samlXml()]]) {
    world.home.write(`repo/${name}`, text!);
    const run = await world.run([...LOGIN, "--force", "--saml-assertion", name!], NOBODY);
    equal(run.status, 0, run.stderr);
    match(run.stderr, /✓ Logged in as reader\n/);
    match(world.home.read(SAML_CREDENTIALS)!, /\[reader\]\naws_access_key_id = ASIASTANDIN/);
    seen.push(run.stdout, run.stderr);
    Deno.removeSync(world.home.at(`repo/${name}`));
  }
  const [call] = world.aws.calls;
  deepEqual([call?.action, call?.principal, call?.parameters["RoleArn"]], ["AssumeRoleWithSAML", "anonymous", READER]);
  equal(world.aws.count("AssumeRoleWithSAML"), 3);
  for (const path of world.home.files()) seen.push(world.home.read(path)!);
  ok(!seen.join("").includes(ASSERTION_CANARY));
  ok(!seen.join("").includes(samlBase64().slice(300, 360)));
});

Deno.test("SAML assertion: stdin, and assertion_file of the configuration; then the next identity of the chain", async () => {
  await using world = await samlWorld({ provider: `${IDP}, assertion_file: ~/response` });
  const options = { env: world.env(NOBODY), cwd: world.home.at("repo"), stdin: samlBase64() };
  const piped = await runAtmos([...LOGIN, "--saml-assertion=-"], options);
  equal(piped.status, 0, piped.stderr);
  world.home.write("response", samlXml());
  const next = await world.run([...LOGIN, "next"], NOBODY);
  equal(next.status, 0, next.stderr);
  deepEqual(world.aws.calls.map(({ action }) => action), ["AssumeRoleWithSAML", "AssumeRole"]);
  Deno.removeSync(world.home.at("response"));
  const again = await world.run(["auth", "env", "--login", "--format", "json"], NOBODY);
  equal(again.status, 0, again.stderr);
  const gone = await world.run([...LOGIN, "--force"], NOBODY);
  equal(gone.status, 4);
  match(gone.stderr, /^Error: Cannot read SAML response "~\/response": it does not exist\nHint: /);
});

Deno.test("SAML assertion: one that is of no use fails a login that does not need it; a good one is not needed", async () => {
  await using world = await samlWorld({ provider: `${IDP}, driver: assertion` });
  const good = world.home.write("repo/response", samlXml());
  world.home.write("repo/rubbish", "hello");
  const first = await world.run([...LOGIN, "--saml-assertion", good], NOBODY);
  equal(first.status, 0, first.stderr);
  const said = {
    "/nope": 'Cannot read SAML response "/nope": it does not exist',
    ".": 'Cannot read SAML response "."',
    "rubbish": "Cannot use the SAML response: it is neither XML",
    "/dev/null": "Cannot use the SAML response: it is empty",
    "-": "Cannot use the SAML response: it is empty",
  };
  for (const [given, found] of Object.entries(said)) {
    const { status, stderr } = await world.run([...LOGIN, `--saml-assertion=${given}`], NOBODY);
    equal(status, 4, `${given}: ${stderr}`);
    ok(stderr.startsWith(`Error: ${found}`), stderr);
    match(stderr, /\nHint: /);
  }
  const again = await world.run([...LOGIN, "--saml-assertion", good], NOBODY);
  equal(again.status, 0, again.stderr);
  match(again.stderr, /✓ Already logged in as reader\n[^]*The SAML response was not needed: .* --force\n/);
  equal(world.aws.calls.length, 1);
});

Deno.test("SAML: the role is the named one, the chosen one, or an error that lists what there is", async () => {
  await using world = await samlWorld({ provider: `${IDP}, assertion_file: response` });
  world.home.write("repo/response", samlXml());
  const absent = await world.run([...LOGIN, "absent"], NOBODY);
  equal(absent.status, 4);
  match(
    absent.stderr,
    /does not offer role arn:aws:iam::123456789012:role\/absent; it offers \S+reader, \S+writer\nHint/,
  );
  const any = await world.run([...LOGIN, "any"], NOBODY);
  equal(any.status, 3);
  match(
    any.stderr,
    /"any": it does not say which of the 2 roles of this login to use: \S+reader, \S+writer\nHint: .*assume_role/,
  );
  equal(world.aws.calls.length, 0);
  if (!hasProgram("script", "SAML: the role is chosen on a terminal")) return;
  const run = { args: [...LOGIN, "any"], env: world.env(), cwd: world.home.at("repo") };
  const chosen = await onTerminal({ ...run, question: "Number or name", answer: "2\n" });
  equal(chosen.status, 0, chosen.shown);
  equal(world.aws.calls[0]?.parameters["RoleArn"], WRITER);
});

Deno.test("SAML: the session is as long as configured, else as the response says, else AWS's default", async () => {
  const durations = async (provider: string, sessionSeconds?: number) => {
    const roles = { [READER]: { maxSeconds: 7200 } };
    await using world = await samlWorld({ provider: `${IDP}, assertion_file: response${provider}`, roles });
    world.home.write("repo/response", samlXml(sessionSeconds === undefined ? {} : { sessionSeconds }));
    const { status, stderr } = await world.run(LOGIN, NOBODY);
    return { status, stderr, asked: world.aws.calls.map(({ parameters }) => parameters["DurationSeconds"]) };
  };
  deepEqual((await durations("")).asked, [undefined]);
  deepEqual((await durations("", 5400)).asked, ["5400"]);
  deepEqual((await durations(", session: {duration: 30m}", 5400)).asked, ["1800"]);
  const long = await durations("", 43_200);
  deepEqual([long.status, long.asked], [0, ["43200", undefined]]);
  match(long.stderr, /The role does not allow a session of 43200 s, as the SAML response asks for/);
  const tooLong = await durations(", session: {duration: 12h}");
  equal(tooLong.status, 3);
  match(tooLong.stderr, /for 12 h: that is more than the role's MaxSessionDuration\nHint: /);
});

Deno.test("SAML: the session is narrowed by the policies of the identity, and as long as that says", async () => {
  await using world = await samlWorld({ provider: `${IDP}, assertion_file: response` });
  world.home.write("repo/response", samlXml());
  world.home.write(
    "repo/atmos.d/narrow.yaml",
    `auth:
  identities:
    reader:
      principal:
        duration: 20m
        policy: {Statement: [{Effect: Deny, Action: "*", Resource: "*"}]}
        policy_arns: [arn:aws:iam::aws:policy/ReadOnlyAccess]
`,
  );
  const { status, stderr } = await world.run(LOGIN, NOBODY);
  equal(status, 0, stderr);
  const [{ DurationSeconds, Policy, "PolicyArns.member.1.arn": first } = {}] = world.aws.calls.map((c) => c.parameters);
  deepEqual([DurationSeconds, first], ["1200", "arn:aws:iam::aws:policy/ReadOnlyAccess"]);
  equal(Policy, '{"Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}');
});

Deno.test("SAML: a login with the provider is one as the identity that is reached through it", async () => {
  await using world = await samlWorld({ provider: `${IDP}, driver: assertion` });
  world.home.write("repo/response", samlXml());
  const run = await world.run([...LOGIN, "--provider=CORP", "--saml-assertion=response"], NOBODY);
  equal(run.status, 0, run.stderr);
  match(run.stderr, /✓ Logged in as reader\n/);
  equal(world.aws.calls[0]?.parameters["RoleArn"], READER);
});

Deno.test("SAML: what AWS does not take is said in words", async () => {
  const of = async (document: Parameters<typeof samlXml>[0], closed?: true) => {
    const roles = closed ? { [READER]: { closed } } : {};
    await using world = await samlWorld({ provider: `${IDP}, assertion_file: response`, roles });
    world.home.write("repo/response", samlXml(document));
    return await world.run(LOGIN, NOBODY);
  };
  const old = await of({ until: Date.UTC(2020, 0) });
  equal(old.status, 4);
  match(
    old.stderr,
    /^Error: .*role\/reader" with the SAML assertion: the SAML assertion has expired\nHint: Log in again/,
  );
  const audience = await of({ audience: "urn:other" });
  equal(audience.status, 4);
  match(
    audience.stderr,
    /AWS rejected it: SAML Assertion audience is invalid\nHint: Check the identity provider/,
  );
  const untrusted = await of({}, true);
  equal(untrusted.status, 5);
  match(
    untrusted.stderr,
    /saml-provider\/corp may not perform sts:AssumeRoleWithSAML .*\nHint: The role's trust policy/,
  );
});

Deno.test("SAML: a refusal of the identity provider, rubbish, and a response where none is wanted", async () => {
  await using world = await samlWorld({ provider: `${IDP}, assertion_file: response` });
  const texts = { [NO_ANSWER]: "refused: Responder, RequestDenied", "hello": "neither XML nor the base64 of XML" };
  for (const [text, found] of Object.entries(texts)) {
    world.home.write("repo/response", text);
    const { status, stderr } = await world.run(LOGIN, NOBODY);
    equal(status, 4);
    ok(stderr.includes(found), stderr);
  }
  world.home.write("repo/atmos.yaml", "auth: {identities: {me: {kind: aws/ambient}}}\n");
  const unwanted = await world.run([...LOGIN, "--saml-assertion", "response"], NOBODY);
  equal(unwanted.status, 2);
  match(unwanted.stderr, /^Error: Cannot log in "me" with a SAML response: it does not log in through a provider\n/);
});
