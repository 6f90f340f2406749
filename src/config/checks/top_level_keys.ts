/** What an atmos.yaml may hold, in the Go atmos too; most of it is none of our business. */
export const TOP_LEVEL_KEYS: readonly string[] = [
  ...["auth", "profiles", "import", "imports", "base_path", "components", "stacks", "workflows", "logs", "commands"],
  ...[
    "aliases",
    "integrations",
    "schemas",
    "templates",
    "settings",
    "validate",
    "vendor",
    "docs",
    "describe",
    "version",
  ],
  ...[
    "env",
    "vars",
    "toolchain",
    "devcontainer",
    "metadata",
    "ci",
    "git",
    "scaffold",
    "errors",
    "terraform",
    "helmfile",
  ],
  ...["packer", "ansible", "stores", "experimental", "editions", "list", "profiler"],
];
/** What its auth section may hold. */
export const AUTH_KEYS: readonly string[] = [
  ...["realm", "logs", "keyring", "console", "providers", "identities", "integrations"],
];
