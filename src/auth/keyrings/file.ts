import * as v from "valibot";
import { form, text } from "../fields.ts";
import { defineKind } from "../kind.ts";

export interface FileKeyring {
  readonly type: "file";
  readonly path: string | undefined;
  readonly passwordEnv: string | undefined;
}

const schema = v.object({
  type: v.literal("file"),
  spec: v.optional(v.object({
    path: v.optional(text("directory of the encrypted files")),
    password_env: v.optional(form(/^[A-Za-z_][A-Za-z0-9_]*$/, {
      about: "name of the variable that holds the password",
      allowed: "the name of an environment variable",
    })),
  })),
});

export const kind = defineKind({
  name: "file",
  summary: "Encrypted files, opened with a password",
  example: `keyring:
  type: file
  spec:
    path: ~/.local/share/atmos/keyring
    password_env: KEYRING_PASSWORD
`,
  schema,
  model: ({ type, spec }): FileKeyring => ({ type, path: spec?.path, passwordEnv: spec?.password_env }),
});
