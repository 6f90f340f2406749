import { IDENTITIES } from "../../src/auth/kinds/identities/registry.ts";
import { KEYRINGS } from "../../src/auth/kinds/keyrings/registry.ts";
import type { Kind, KindRegistry } from "../../src/config/schema/kind.ts";
import { PROVIDERS } from "../../src/auth/kinds/providers/registry.ts";
import { INTEGRATIONS } from "../../src/integrations/registry.ts";
import { code } from "./markdown.ts";

interface Part {
  readonly title: string;
  readonly where: string;
  readonly registry: KindRegistry<unknown>;
}

const PARTS: readonly Part[] = [
  { title: "Providers", where: "auth.providers", registry: PROVIDERS },
  { title: "Identities", where: "auth.identities", registry: IDENTITIES },
  { title: "Integrations", where: "auth.integrations", registry: INTEGRATIONS },
  { title: "Keyrings", where: "auth.keyring", registry: KEYRINGS },
];

/** Every kind that atmos.yaml can name, with its summary and an example. */
export async function kindsSection(): Promise<string> {
  const parts = await Promise.all(PARTS.map(partText));
  return parts.join("\n\n");
}

async function partText({ title, where, registry }: Part): Promise<string> {
  const loaded = await Promise.all(Object.values(registry).map(({ schema }) => schema()));
  const kinds = new Set(loaded.map(({ kind }) => kind));
  const intro = where === "auth.keyring" ? `In ${code("auth")}:` : `Under ${code(where)}:`;
  return [`## ${title}`, intro, ...[...kinds].map(kindText)].join("\n\n");
}

function kindText({ name, summary, example }: Kind<unknown>): string {
  return `${code(name)}: ${summary}.\n\n\`\`\`yaml entry\n${example}\`\`\``;
}
