import { equal, throws } from "node:assert/strict";
import { type AwsProfile, profileText, withAwsProfile } from "../../../../src/auth/environment/aws_profile.ts";
import type { AppError } from "../../../../src/errors.ts";

const PROFILE: AwsProfile = {
  name: "dev",
  identity: "dev",
  process: "/bin/atmos auth credential-process --identity=dev",
  mark: " --identity=dev",
  region: "us-east-2",
};

function edited(text: string, change: Partial<AwsProfile> = {}, withKeys: readonly string[] = []): string {
  return withAwsProfile({ text, path: "/config", withKeys: new Set(withKeys) }, { ...PROFILE, ...change });
}

const refused = (error: AppError) => error.code === "usage" && error.message.includes("Cannot write AWS profile");

Deno.test("a profile is added at the end, the default one without a word before it", () => {
  equal(
    profileText(PROFILE),
    "[profile dev]\ncredential_process = /bin/atmos auth credential-process --identity=dev\nregion = us-east-2\n",
  );
  equal(
    edited("# mine\n", { name: "default", region: undefined }).startsWith("# mine\n\n[default]\ncredential_process = "),
    true,
  );
});

Deno.test("the program may have moved; the user's own region and keys stay", () => {
  const old =
    "[profile dev]\noutput = json\ncredential_process = /old/atmos auth credential-process --identity=dev # x\nregion = eu-west-1\n";
  equal(edited(old), old.replace("/old/atmos", "/bin/atmos"));
  equal(edited(edited(old)), edited(old));
  for (const account of ["--account=123456789012", "'--account=123456789012'", '"--account=123456789012"']) {
    equal(edited(old.replace("--identity", `${account} --identity`)), edited(old), account);
  }
});

Deno.test("another's profile, keys of the same name and impossible names are refused", () => {
  throws(() => edited("[default]\n[profile dev]\nregion = x\n"), refused);
  throws(() => edited("[profile dev]\ncredential_process = x auth credential-process --identity=other\n"), refused);
  throws(() => edited("[profile dev]\ncredential_process = x --account=1 --identity=dev\n"), refused);
  throws(() => edited("", {}, ["dev"]), refused);
  throws(() => edited("", { name: "a]b" }), refused);
  throws(() => edited("", { process: "/a #b/atmos" }), refused);
});
