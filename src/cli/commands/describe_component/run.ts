import { CALL_AWS } from "../../../auth/login/policies.ts";
import type { LocatedMap } from "../../../config/values/located.ts";
import { AppError } from "../../../errors.ts";
import { findComponent } from "../../../stacks/find_component.ts";
import { OtherComponents } from "../../../stacks/other_components.ts";
import { componentDoubts } from "../../../stacks/components/doubts.ts";
import { plainData } from "../../../stacks/settings/plain_data.ts";
import type { Input } from "../../args/command.ts";
import type { DESCRIBE_COMPONENT_FLAGS } from "./command.ts";
import { jsonText, yamlText } from "../../output/json_text.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { componentAws } from "../../login/component_aws.ts";
import { loadStacks, warnOfFailures, warnOfSkipped } from "../../project/stacks.ts";
import { withoutFetched } from "./without_fetched.ts";
import { TYPED_COMMAND } from "../../output/typed_command.ts";
import { provenanceData, provenanceText } from "./provenance.ts";

type DescribeInput = Input<typeof DESCRIBE_COMPONENT_FLAGS>;

/** `atmos describe component`: on stdout; values that could not be worked out stay as written, and are told on stderr. */
export async function runDescribeComponent(
  host: LoginCommandHost,
  { args, flags, globals }: DescribeInput,
): Promise<number> {
  const [name] = args;
  if (name === undefined) {
    throw new AppError("usage", "Cannot describe a component: none was given", {
      hint: `Specify one: ${TYPED_COMMAND} COMPONENT${flags.stack === undefined ? " -s STACK" : ""}`,
    });
  }
  const { config, index } = await loadStacks(host, globals);
  const found = await findComponent(index, { name, stack: flags.stack, mayBeAbstract: true });
  const aws = componentAws(host, { globals, config, found, policy: CALL_AWS });
  const { section, unresolved } = await new OtherComponents(host, index, aws).finish(found);
  warnOfSkipped(host, { index, config, globals });
  const failures = [...index.failures, ...unresolved.map(({ error }) => error), ...componentDoubts(found.component)];
  warnOfFailures(host, { failures, globals });
  host.terminal.out(await renderSection(withoutFetched(section), { flags, root: config.basePath }));
  return 0;
}

interface Form {
  readonly flags: DescribeInput["flags"];
  /** What paths are shortened by. */
  readonly root: string;
}

async function renderSection(section: LocatedMap, { flags, root }: Form): Promise<string> {
  if (flags.provenance && flags.format === "yaml") return provenanceText(section, root);
  const data = flags.provenance ? provenanceData(section, root) : plainData(section);
  return flags.format === "json" ? jsonText(data) : await yamlText(data);
}
