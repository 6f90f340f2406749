import { loadConfig, type LoadedConfig } from "../../../src/config/load_config.ts";
import { StackIndex } from "../../../src/stacks/stack_index.ts";
import { stackSettings } from "../../../src/stacks/settings/stack_settings.ts";
import { configWorld, NOTHING_NAMED } from "./config_files.ts";
import type { FakeHost } from "../host/fake_host.ts";

export const REPO = "/home/me/repo";

export interface StackRepository {
  readonly host: FakeHost;
  readonly config: LoadedConfig;
  readonly index: StackIndex;
}

/** A repository in memory; paths are seen from its root, those with `../` from HOME. */
export async function stackRepository(
  files: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): Promise<StackRepository> {
  const absolute = Object.fromEntries(
    Object.entries(files).map((
      [path, text],
    ) => [path.startsWith("../") ? `/home/me/${path.slice(3)}` : `${REPO}/${path}`, text]),
  );
  const { host } = configWorld({ files: absolute, env });
  const config = await loadConfig(host, NOTHING_NAMED);
  return { host, config, index: new StackIndex(host, stackSettings(host, config)) };
}
